namespace Webhooks.Tests.Delivery;

/// <summary>What happens between a claim's question and its answer.</summary>
public sealed class ClaimUnderWayTests
{
    private const string Claim = nameof(WebhookStore.ClaimAsync);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_a_claim_left_out_is_claimed_at_once_where_the_endpoint_is_free_by_then()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        await host.SettleAsync();
        var (answer, gate) = (new TaskCompletionSource<HttpResponseMessage>(), new TaskCompletionSource());
        host.Receivers.Answer = (_, number, _) => number == 1 ? answer.Task : Task.FromResult(Some.Response());
        host.Store.After = (method, _) => method == Claim ? gate.Task : Task.CompletedTask;
        var claims = host.Store[Claim];

        await host.PublishAsync(3);
        await host.UntilArrivedAsync(1);
        await Waiting.UntilAsync(() => host.Store[Claim] > claims);
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded);
        gate.SetResult();

        await host.UntilAsync(DeliveryState.Succeeded, 3);
    }

    [Fact]
    public async Task What_a_claim_brings_once_the_rate_is_used_up_is_not_held()
    {
        await using var host = new DeliveryHost();
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.EndpointAsync("slow", endpoint => endpoint with { RateLimit = new EndpointRateLimit(2, Minute) });

        var leased = await PublishDuringClaimAsync(host, other, theirs: 10, ours: 2);

        Assert.Equal((2, 0), (leased, host.Dispatcher.State.Held));
        Assert.Equal(2, host.Receivers.Count);
        host.Clock.Advance(Minute);
        await host.UntilArrivedAsync(4);
    }

    [Fact]
    public async Task What_is_published_meanwhile_leaves_a_claim_its_room()
    {
        await using var host = new DeliveryHost(options => options.MaxConcurrency = options.MaxLeased = 16);
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        foreach (var number in Enumerable.Range(1, 20))
            await other.EndpointAsync($"r{number}");
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;

        var leased = await PublishDuringClaimAsync(host, other, theirs: 1, ours: 1);

        Assert.Equal((4, 16), (leased, host.Dispatcher.State.Held));
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded, 40);
    }

    [Fact]
    public async Task Payloads_published_meanwhile_leave_a_claim_its_bytes()
    {
        const int size = 100_000;
        await using var host = new DeliveryHost(options => options.MaxLeasedBytes = 16 * size);
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 100 });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;

        var leased = await PublishDuringClaimAsync(
            host, other, theirs: 20, ours: 20, _ => WebhookMessage.Create("invoice.paid", new byte[size]));

        Assert.Equal((4, 16 * size), (leased, host.Dispatcher.State.Bytes));
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded, 40);
    }

    /// <summary>Publishes on a node while it claims what another one published. The claim is answered once what could
    /// be leased with its publication has arrived.</summary>
    /// <returns>How many deliveries the node leased with their publication.</returns>
    private static async Task<int> PublishDuringClaimAsync(
        DeliveryHost host, DeliveryHost other, int theirs, int ours, Func<WebhookMessage, WebhookMessage>? change = null)
    {
        await host.StartAsync();
        await host.SettleAsync();
        var (claims, gate) = (host.Store[Claim], new TaskCompletionSource());
        host.Store.After = (method, _) => method == Claim ? gate.Task : Task.CompletedTask;

        await other.PublishAsync(theirs, change);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await Waiting.UntilAsync(() => host.Store[Claim] > claims);
        await host.PublishAsync(ours, change);
        var leased = host.Store.Leased;
        await host.UntilArrivedAsync(leased);
        gate.SetResult();
        await host.SettleAsync();
        return leased;
    }
}
