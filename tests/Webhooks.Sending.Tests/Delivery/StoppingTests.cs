namespace Webhooks.Tests.Delivery;

/// <summary>How a node leaves.</summary>
public sealed class StoppingTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_not_begun_is_given_back_at_once_and_what_has_may_end()
    {
        await using var host = await DeliveryHost.StartAsync();
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 4 });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;
        await host.PublishAsync(6);
        await host.UntilArrivedAsync(4);
        await host.SettleAsync();
        var notes = host.Store[nameof(WebhookStore.NotifyAsync)];

        var stopping = host.StopAsync(Cancel);
        await Waiting.UntilAsync(() => host.Store[nameof(WebhookStore.NotifyAsync)] > notes);
        await other.StartAsync();
        await Waiting.UntilAsync(() => other.AllAsync(DeliveryState.Succeeded).Result.Count == 2);
        var hasStopped = stopping.IsCompleted;
        answer.SetResult(Some.Response());
        await stopping;

        Assert.False(hasStopped);
        Assert.Equal((4, 2), (host.Receivers.Count, other.Receivers.Count));
        Assert.Equal(6, (await host.AllAsync(DeliveryState.Succeeded)).Count);
    }

    [Fact]
    public async Task What_takes_longer_than_the_host_waits_is_cut_off_given_back_and_does_not_count()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, cancellationToken) => Receivers.HangAsync(cancellationToken);
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(3);
        using var patience = new CancellationTokenSource();

        var stopping = host.StopAsync(patience.Token);
        await patience.CancelAsync();
        await stopping;
        var attempts = (await host.AllAsync(DeliveryState.Pending)).Select(delivery => delivery.Attempts).ToArray();
        await using var next = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await next.StartAsync();
        await next.UntilAsync(DeliveryState.Succeeded, 3);

        Assert.Equal([0, 0, 0], attempts);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 301 && log.Message.Contains("3 attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_claimed_or_started_any_more()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        await host.SettleAsync();
        var before = host.Store[nameof(WebhookStore.ClaimAsync)];

        await host.StopAsync(Cancel);
        await host.PublishAsync(3);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, host.Receivers.Count);
        Assert.Equal(before, host.Store[nameof(WebhookStore.ClaimAsync)]);
    }

    [Fact]
    public async Task What_a_claim_brings_that_is_under_way_is_given_back()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");
        await host.PublishAsync(3);
        var goesOn = new TaskCompletionSource();
        host.Store.After = (method, _) => method == nameof(WebhookStore.ClaimAsync) ? goesOn.Task : Task.CompletedTask;
        await host.StartAsync();
        await Waiting.UntilAsync(() => host.Store[nameof(WebhookStore.ClaimAsync)] == 1);

        var stopping = host.StopAsync(Cancel);
        goesOn.SetResult();
        await stopping;
        await using var next = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await next.StartAsync();
        await next.UntilAsync(DeliveryState.Succeeded, 3);

        Assert.Equal(0, host.Receivers.Count);
    }

    [Fact]
    public async Task A_store_that_throws_on_giving_back_is_asked_again()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, cancellationToken) => Receivers.HangAsync(cancellationToken);
        host.Store.Before = (method, number) => method == nameof(WebhookStore.ReleaseAsync) && number == 1
            ? throw new IOException("Down.")
            : Task.CompletedTask;
        await host.PublishAsync(15);
        await host.UntilArrivedAsync(10);

        await host.StopAsync(new CancellationToken(canceled: true));
        await using var next = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await next.StartAsync();

        await next.UntilAsync(DeliveryState.Succeeded, 15);
    }

    [Fact]
    public async Task A_store_that_is_down_keeps_nobody_from_stopping()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");
        await host.PublishAsync(3);
        host.Store.Before = (method, _) => method == nameof(WebhookStore.CompleteAsync)
            ? throw new IOException("Down.")
            : Task.CompletedTask;
        await host.StartAsync();
        await host.UntilArrivedAsync(3);
        await Waiting.UntilAsync(() => host.Dispatcher.State.InFlight == 0);

        await host.StopInTimeAsync();

        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 301 && log.Message.Contains("3 outcomes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dispatcher_that_never_started_stops()
    {
        await using var host = new DeliveryHost();

        await host.StopAsync(Cancel);

        Assert.DoesNotContain(host.Logs.GetSnapshot(), log => log.Id.Id == 301);
    }
}
