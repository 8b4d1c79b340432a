using System.Net;
using System.Net.Sockets;

namespace Webhooks.Tests.Network;

public class SsrfConnectTests
{
    private static readonly NetworkPolicy WithHttp = new(new NetworkOptions { AllowHttp = true });

    public static TheoryData<string> Cases => SsrfCases.Ids("dns");

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_connection_is_judged_by_its_own_lookup(string id)
    {
        var one = SsrfCases.Find(id);
        var answers = one.Input.GetProperty("resolves_to").EnumerateArray()
            .Select(static lookup => lookup.EnumerateArray().Select(static address => address.GetString()!).ToArray())
            .ToArray();
        var url = one.Input.GetProperty("url").GetString()!.Replace("https:", "http:", StringComparison.Ordinal);
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        var resolver = new ScriptedResolver(answers);
        using var client = dialler.CreateClient(WithHttp, resolver);

        var failures = new List<Exception?>();
        for (var send = 0; send < Math.Max(1, answers.Length); send++)
        {
            Assert.True(WithHttp.Judge(url).IsAllowed);
            failures.Add(await Record.ExceptionAsync(async () => (await Sending.PostAsync(client, url)).Dispose()));
        }

        Assert.Equal(one.IsAllowed, failures[^1] is null);
        Assert.All(failures.SkipLast(1), Assert.Null);
        Assert.Equal(failures.Count, resolver.Lookups);
        Assert.InRange(dialler.Dialled.Count, one.IsAllowed ? 1 : 0, 4);
        Assert.All(dialler.Dialled, dialled => Assert.True(WithHttp.Judge(dialled.Address).IsAllowed));
        Assert.Equal(failures.Count(static failure => failure is null), server.Connections);
    }

    [Fact]
    public async Task A_name_without_an_address_is_a_failed_lookup_and_no_refusal()
    {
        using var client = new HttpMessageInvoker(new GuardedHttpHandler(WithHttp, resolver: new ScriptedResolver()));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => Sending.PostAsync(client, "http://nxdomain.example.com/"));

        Assert.Null(NetworkRefusedException.Find(failure));
        Assert.Equal(HttpRequestError.NameResolutionError, failure.HttpRequestError);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_name_that_turns_to_loopback_never_reaches_it(string loopback)
    {
        await using var victim = new RawServer();
        var policy = new NetworkPolicy(new NetworkOptions { AllowHttp = true, AllowedPorts = { "1024-65535" } });
        var url = $"http://rebind.example.com:{victim.Port}/";
        using var client = new HttpMessageInvoker(
            new GuardedHttpHandler(policy, resolver: ScriptedResolver.Always(loopback)));

        var verdict = policy.Judge(url);
        var refusal = await Sending.RefusalOfAsync(client, url);

        Assert.True(verdict.IsAllowed);
        Assert.Equal(NetworkOutcome.LoopbackAddress, refusal?.Verdict.Outcome);
        Assert.Equal(0, victim.Connections);
    }

    [Fact]
    public async Task One_refused_answer_refuses_the_host()
    {
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        using var client = dialler.CreateClient(
            WithHttp, ScriptedResolver.Always("93.184.216.34", "2606:4700:4700::1111", "10.0.0.1"));

        var refusal = await Sending.RefusalOfAsync(client, "http://mixed.example.com/");

        Assert.Equal(NetworkOutcome.PrivateAddress, refusal?.Verdict.Outcome);
        Assert.Empty(dialler.Dialled);
    }

    [Fact]
    public async Task The_last_of_many_answers_is_judged_too()
    {
        var answers = Enumerable.Range(1, 253).Select(static i => $"93.184.216.{i}").Append("169.254.169.254");
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        using var client = dialler.CreateClient(WithHttp, ScriptedResolver.Always([.. answers]));

        var refusal = await Sending.RefusalOfAsync(client, "http://many.example.com/");

        Assert.Equal(NetworkOutcome.MetadataAddress, refusal?.Verdict.Outcome);
        Assert.Empty(dialler.Dialled);
    }

    [Fact]
    public async Task A_public_name_gains_nothing_from_private_networks_being_allowed()
    {
        var policy = new NetworkPolicy(new NetworkOptions { AllowPrivateNetworks = true });
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        using var toPublic = dialler.CreateClient(policy, ScriptedResolver.Always("93.184.216.34"));
        using var toPrivate = dialler.CreateClient(policy, ScriptedResolver.Always("10.0.0.7"));

        var http = await Sending.RefusalOfAsync(toPublic, "http://hooks.example.com/");
        var port = await Sending.RefusalOfAsync(toPublic, "https://hooks.example.com:5080/");
        var inside = await Sending.RefusalOfAsync(toPrivate, "http://hooks.example.com:5080/");

        Assert.Equal(NetworkOutcome.HttpNotAllowed, http?.Verdict.Outcome);
        Assert.Equal(NetworkOutcome.PortNotAllowed, port?.Verdict.Outcome);
        Assert.Null(inside);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.2.0.1", null, false)]
    public async Task Allowed_networks_are_dialled_at_the_unmapped_address(
        string answer, string? dialled, bool isAllowed)
    {
        var policy = new NetworkPolicy(new NetworkOptions { AllowHttp = true, AllowedNetworks = { "10.1.0.0/16" } });
        await using var server = new RawServer();
        var dialler = new Dialler(server.EndPoint);
        using var client = dialler.CreateClient(policy, ScriptedResolver.Always(answer));

        var refusal = await Sending.RefusalOfAsync(client, "http://inside.example.com/");

        Assert.Equal(isAllowed, refusal is null);
        Assert.Equal(
            dialled is null ? [] : [IPAddress.Parse(dialled)], dialler.Dialled.Select(static end => end.Address));
    }

    [Fact]
    public void A_host_that_is_this_machine_is_told_by_the_address_it_is_left_from()
    {
        var connector = new GuardedConnector(WithHttp, NetworkResolver.System, TimeProvider.System);
        var local = new IPEndPoint(IPAddress.Parse("93.184.216.34").MapToIPv6(), 50000);

        Assert.True(connector.LeadsBack([IPAddress.Parse("93.184.216.34")], local));
        Assert.False(connector.LeadsBack([IPAddress.Parse("93.184.216.35")], local));
    }

    [Theory]
    [InlineData("a a a a a a", "a a a a")]
    [InlineData("a a A", "A a a")]
    [InlineData("A A A a a", "A a A a")]
    [InlineData("A", "A")]
    public void Addresses_are_tried_by_turns_of_family_and_at_most_four(string answers, string expected)
    {
        var addresses = answers.Split(' ')
            .Select(static (family, i) => IPAddress.Parse(family == "A" ? $"2606:4700::{i}" : $"93.184.216.{i}"))
            .ToArray();

        var picked = GuardedConnector.Interleave(addresses, 443);

        var families = picked.Select(
            static end => end.AddressFamily == AddressFamily.InterNetworkV6 ? "A" : "a");
        Assert.Equal(expected, string.Join(' ', families));
        Assert.Equal(picked.Count, picked.Distinct().Count());
    }
}
