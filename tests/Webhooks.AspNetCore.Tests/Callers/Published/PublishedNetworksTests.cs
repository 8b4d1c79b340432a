using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Webhooks;

/// <summary>Networks that a provider publishes, fetched from a server over TLS, and requests from many addresses.</summary>
public sealed class PublishedNetworksTests : IAsyncLifetime
{
    private const string OnTheList = "192.0.2.7";

    private ListServer _lists = null!;

    public async ValueTask InitializeAsync() => _lists = await ListServer.StartAsync();

    public ValueTask DisposeAsync() => _lists.DisposeAsync();

    [Fact]
    public async Task Whoever_is_on_the_list_may_call_from_the_first_request_on()
    {
        await using var receiver = await StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, OnTheList));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, "::ffff:192.0.2.9"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "198.51.100.7"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "2001:db8::7"));
        Assert.Single(_lists.Asked);
    }

    [Fact]
    public async Task Until_there_is_a_list_all_but_the_seeds_are_asked_to_come_again()
    {
        _lists.Answer = ListServer.Saying(500);
        await using var receiver = await StartAsync("203.0.113.0/24");

        using var early = await receiver.SendAsync(Some.Webhook().From(OnTheList));
        var seed = await StatusAsync(receiver, "203.0.113.7");
        _lists.Answer = ListServer.Publishing("192.0.2.0/24");
        await RefreshAsync(receiver, TimeSpan.FromSeconds(6), eventId: 585);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.InRange(early.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.NoContent, seed);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, OnTheList));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "203.0.113.7"));
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(302, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"hooks":[]}""")]
    [InlineData(200, """{"hooks":["0.0.0.0/0"]}""")]
    public async Task A_list_outlives_answers_that_hold_none(int status, string text)
    {
        await using var receiver = await StartAsync();
        _lists.Answer = ListServer.Saying(status, text);

        await RefreshAsync(receiver, TimeSpan.FromHours(2), eventId: 586);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, OnTheList));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, "198.51.100.7"));
    }

    [Fact]
    public async Task A_new_list_takes_the_place_of_the_old_one()
    {
        await using var receiver = await StartAsync();
        _lists.Answer = ListServer.Publishing("198.51.100.0/24", "203.0.113.7");

        await RefreshAsync(receiver, TimeSpan.FromHours(2), eventId: 585);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(receiver, OnTheList));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(receiver, "198.51.100.7"));
        Assert.Equal(["", "\"1\""], _lists.Asked);
    }

    [Fact]
    public async Task An_unchanged_list_is_young_again_and_one_that_can_not_be_fetched_grows_old()
    {
        await using var receiver = await StartAsync();
        var list = Assert.Single(receiver.Services.GetRequiredService<PublishedLists>().All);
        _lists.Answer = ListServer.Saying(304);

        receiver.Time.Advance(TimeSpan.FromHours(2));
        await Waiting.UntilAsync(() => list.Age == TimeSpan.Zero);
        _lists.Answer = ListServer.Saying(500);
        await RefreshAsync(receiver, TimeSpan.FromHours(2), eventId: 586);

        Assert.Equal(TimeSpan.FromHours(2), list.Age);
        Assert.Equal(1, list.Count);
        Assert.DoesNotContain(receiver.LogTexts, text => text.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_tells_of_lists_that_are_missing_or_old()
    {
        _lists.Answer = ListServer.Saying(500);
        await using var receiver = await StartAsync();
        var health = receiver.Services.GetRequiredService<HealthCheckService>();

        var missing = await health.CheckHealthAsync(TestContext.Current.CancellationToken);
        _lists.Answer = ListServer.Publishing("192.0.2.0/24");
        await RefreshAsync(receiver, TimeSpan.FromSeconds(6), eventId: 585);
        var fresh = await health.CheckHealthAsync(TestContext.Current.CancellationToken);
        _lists.Answer = ListServer.Saying(500);
        await RefreshAsync(receiver, TimeSpan.FromHours(26), eventId: 586);
        var old = await health.CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [HealthStatus.Unhealthy, HealthStatus.Healthy, HealthStatus.Degraded], [missing.Status, fresh.Status, old.Status]);
    }

    private Task<Receiver> StartAsync(params string[] seeds) => Receiver.OnKestrelAsync(
        source => source.PublishedNetworks.Add(_lists.Networks(seeds)),
        BehindProxy.Map,
        builder =>
        {
            BehindProxy.TrustLoopback(builder);
            _lists.Open(builder.Services);
            builder.Services.AddHealthChecks().AddPublishedWebhookNetworks();
        });

    private static Task<HttpStatusCode> StatusAsync(Receiver receiver, string address) =>
        receiver.StatusOfAsync(Some.Webhook(at: receiver.Time.GetUtcNow()).From(address));

    private static async Task RefreshAsync(Receiver receiver, TimeSpan later, int eventId)
    {
        receiver.Logs.Clear();
        receiver.Time.Advance(later);
        await receiver.WaitForLogAsync(eventId);
    }
}
