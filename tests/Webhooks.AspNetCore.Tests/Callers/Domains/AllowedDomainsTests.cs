using System.Net;

namespace Webhooks;

/// <summary>Callers known by their names, with requests from many addresses.</summary>
public class AllowedDomainsTests
{
    private const string Sender = "192.0.2.7";
    private const string Stranger = "198.51.100.7";

    private readonly ScriptedNames _dns = new ScriptedNames()
        .Name(Sender, "mail.example.net.", "out-1.hooks.example.com.").Place("out-1.hooks.example.com", "192.0.2.6", Sender);

    [Fact]
    public async Task An_address_with_a_name_in_the_domain_may_call_if_the_name_has_the_address()
    {
        _dns.Name(Stranger, "out-1.hooks.example.com", "evilexample.com", "example.com.evil.net").Place("evilexample.com", Stranger)
            .Place("example.com.evil.net", Stranger);
        await using var receiver = await StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, Sender));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, "::ffff:" + Sender));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, Stranger));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "203.0.113.7"));
    }

    [Fact]
    public async Task Ipv6_addresses_have_names_too()
    {
        _dns.Name("2001:db8::7", "six.example.com").Place("six.example.com", "2001:db8:0::7", Stranger);
        await using var receiver = await StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, "2001:db8::7"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "2001:db8::8"));
    }

    [Fact]
    public async Task Names_outside_the_domain_are_not_even_looked_up_and_of_many_names_only_some_are()
    {
        _dns.Name(Stranger, [.. Enumerable.Range(0, 100).Select(index => $"a{index}.example.com"), "b.example.net"]);
        await using var receiver = await StartAsync();

        await StatusAsync(receiver, Stranger);
        await StatusAsync(receiver, Sender);

        Assert.DoesNotContain("mail.example.net", _dns.Asked);
        Assert.Equal(8, _dns.Asked.Count(name => name.StartsWith('a')));
    }

    [Fact]
    public async Task What_dns_said_is_remembered_both_ways_and_asked_anew_in_time()
    {
        await using var receiver = await StartAsync();

        var first = (await StatusAsync(receiver, Sender), await StatusAsync(receiver, Stranger));
        var asked = _dns.Asked.Count;
        var again = (await StatusAsync(receiver, Sender), await StatusAsync(receiver, Stranger));
        var askedAgain = _dns.Asked.Count;
        _dns.Name(Sender, "elsewhere.example.net").Name(Stranger, "new.example.com").Place("new.example.com", Stranger);
        receiver.Time.Advance(TimeSpan.FromMinutes(10));
        var changed = (await StatusAsync(receiver, Sender), await StatusAsync(receiver, Stranger));
        await Waiting.UntilAsync(async () => await StatusAsync(receiver, Sender) != HttpStatusCode.NoContent);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Forbidden), first);
        Assert.Equal(first, again);
        Assert.Equal(asked, askedAgain);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), changed);
    }

    [Fact]
    public async Task While_dns_is_down_known_addresses_may_call_for_an_hour_and_others_are_to_come_again()
    {
        await using var receiver = await StartAsync();
        await StatusAsync(receiver, Sender);
        _dns.IsDown = true;

        receiver.Time.Advance(TimeSpan.FromMinutes(59));
        var known = await StatusAsync(receiver, Sender);
        using var unknown = await receiver.SendAsync(Webhook(receiver, Stranger));
        receiver.Time.Advance(TimeSpan.FromMinutes(1));
        var forgotten = await StatusAsync(receiver, Sender);
        _dns.IsDown = false;
        receiver.Time.Advance(DomainConfirmer.FailedFor);

        Assert.Equal(HttpStatusCode.NoContent, known);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        Assert.Equal(DomainConfirmer.FailedFor, unknown.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, forgotten);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, Sender));
    }

    [Fact]
    public async Task Those_who_ask_for_the_same_address_at_once_share_one_lookup()
    {
        var gate = new TaskCompletionSource();
        _dns.Gate = gate.Task;
        await using var receiver = await StartAsync();

        var requests = Enumerable.Range(0, 20).Select(_ => StatusAsync(receiver, Sender)).ToList();
        await Waiting.UntilAsync(() => !_dns.Asked.IsEmpty);
        gate.SetResult();

        Assert.All(await Task.WhenAll(requests), status => Assert.Equal(HttpStatusCode.NoContent, status));
        Assert.Equal([Sender, "out-1.hooks.example.com"], _dns.Asked);
    }

    [Fact]
    public async Task A_lookup_that_takes_too_long_is_given_up_though_the_resolver_goes_on()
    {
        _dns.Gate = new TaskCompletionSource().Task;
        await using var receiver = await StartAsync();

        var request = StatusAsync(receiver, Sender);
        await Waiting.UntilAsync(() => !_dns.Asked.IsEmpty);
        receiver.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await request);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 589);
    }

    [Fact]
    public async Task Strangers_are_looked_up_only_so_often_and_hold_up_nobody_who_is_known()
    {
        await using var receiver = await StartAsync();
        await StatusAsync(receiver, Sender);

        var strangers = new List<HttpStatusCode>();
        for (var index = 0; index < 200; index++)
            strangers.Add(await StatusAsync(receiver, $"198.51.100.{index}"));
        receiver.Time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(99, strangers.Count(status => status == HttpStatusCode.Forbidden));
        Assert.Equal(101, strangers.Count(status => status == HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, Sender));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "203.0.113.7"));
    }

    [Fact]
    public async Task Networks_and_domains_are_one_list()
    {
        await using var receiver = await StartAsync(source => source.AllowedNetworks.Add(Stranger));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, Sender));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, Stranger));
        Assert.DoesNotContain(Stranger, _dns.Asked);
    }

    [Fact]
    public async Task The_operating_system_is_asked_unless_told_otherwise()
    {
        var names = await AddressNameResolver.System.ResolveAsync(IPAddress.Loopback, TestContext.Current.CancellationToken);

        Assert.All(names, name => Assert.NotEmpty(name));
    }

    private Task<Receiver> StartAsync(Action<WebhookSourceOptions>? configure = null) => Receiver.OnKestrelAsync(
        source =>
        {
            source.AllowedDomains.Add("example.com");
            configure?.Invoke(source);
        },
        BehindProxy.Map,
        builder =>
        {
            BehindProxy.TrustLoopback(builder);
            builder.Services.AddSingleton<AddressNameResolver>(_dns).AddSingleton(_dns.Forward);
        });

    private static HttpRequestMessage Webhook(Receiver receiver, string address) =>
        Some.Webhook(at: receiver.Time.GetUtcNow()).From(address);

    private static Task<HttpStatusCode> StatusAsync(Receiver receiver, string address) =>
        receiver.StatusOfAsync(Webhook(receiver, address));
}
