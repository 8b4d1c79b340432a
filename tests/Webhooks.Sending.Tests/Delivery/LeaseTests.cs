namespace Webhooks.Tests.Delivery;

/// <summary>What a node holds, loses, and gets again.</summary>
public sealed class LeaseTests
{
    private const string Renew = nameof(WebhookStore.RenewAsync);
    private const string Claim = nameof(WebhookStore.ClaimAsync);

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_long_request_keeps_its_delivery()
    {
        await using var host = await DeliveryHost.StartAsync();
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await host.EndpointAsync("one", endpoint => endpoint with { Timeout = 10 * Minute });
        var answer = AnswerLater(host);
        await host.PublishAsync();
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();

        await other.StartAsync();
        await PassAsync(host, 5 * Minute);
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(1, host.Receivers.Count);
        Assert.Equal(0, other.Receivers.Count);
        Assert.InRange(host.Store[Renew], 9, 12);
    }

    [Fact]
    public async Task What_ends_soon_is_renewed_in_one_call()
    {
        await using var host = await DeliveryHost.StartAsync();
        foreach (var number in Enumerable.Range(1, 20))
            await host.EndpointAsync($"r{number}", endpoint => endpoint with { Timeout = 10 * Minute });
        host.Receivers.Answer = (_, _, cancellationToken) => Receivers.HangAsync(cancellationToken);
        await host.PublishAsync();
        await host.UntilArrivedAsync(20);

        await PassAsync(host, 0.6 * Minute);

        Assert.Equal(1, host.Store[Renew]);
    }

    [Fact]
    public async Task A_node_that_could_not_renew_writes_over_nothing()
    {
        await using var host = await DeliveryHost.StartAsync();
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await host.EndpointAsync("one", endpoint => endpoint with { Timeout = 10 * Minute });
        host.Store.Before = (method, _) => method is Renew or Claim && host.Receivers.Count > 0
            ? throw new IOException("Cut off.")
            : Task.CompletedTask;
        var answer = AnswerLater(host);
        await host.PublishAsync();
        await host.UntilArrivedAsync(1);

        await other.StartAsync();
        await PassAsync(other, 2 * Minute);
        await other.UntilAsync(DeliveryState.Succeeded);
        answer.SetResult(Some.Response(500));
        await host.UntilLoggedAsync(305);

        var attempt = Assert.Single(await other.AttemptsAsync());
        Assert.Equal(204, attempt.StatusCode);
        Assert.Equal(1, other.Receivers.Count);
    }

    [Fact]
    public async Task A_delivery_that_the_node_claims_again_while_it_attempts_it_is_attempted_once()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { Timeout = 10 * Minute });
        host.Store.Before = (method, _) => method == Renew ? throw new IOException("Down.") : Task.CompletedTask;
        var answer = AnswerLater(host);
        await host.PublishAsync();
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();

        await PassAsync(host, 3 * Minute);
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(1, host.Receivers.Count);
        Assert.Single(await host.AttemptsAsync());
        Assert.DoesNotContain(host.Logs.GetSnapshot(), log => log.Id.Id == 305);
    }

    [Fact]
    public async Task A_delivery_claimed_again_after_another_nodes_attempt_is_written_as_the_next_attempt()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { Timeout = 10 * Minute });
        host.Store.Before = (method, _) => method == Renew ? throw new IOException("Down.") : Task.CompletedTask;
        var isPaused = true;
        var answer = AnswerLater(host);
        await host.PublishAsync();
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();
        host.Store.Before = async (method, _) =>
        {
            while (method is Claim or Renew && Volatile.Read(ref isPaused))
                await Task.Delay(Second / 100, TimeProvider.System, Cancel);
        };
        await using (var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner))
        {
            other.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(500));
            host.Clock.Advance(2 * Minute);
            await other.StartAsync();
            await Waiting.UntilAsync(() => other.AllAsync().Result[0].Attempts == 1);
            await other.StopAsync(Cancel);
        }

        var before = host.Store.Brought;
        Volatile.Write(ref isPaused, false);
        await host.SettleAsync();
        await Waiting.UntilAsync(
            async () =>
            {
                await PassAsync(host, Second);
                return host.Store.Brought > before;
            },
            what: "the delivery is claimed again");
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(1, host.Receivers.Count);
        Assert.Equal([(1, 500), (2, 204)], (await host.AttemptsAsync()).Select(a => (a.Number, a.StatusCode!.Value)));
    }

    [Fact]
    public async Task A_node_that_was_paused_starts_nothing_that_is_no_longer_its_own()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 2 });
        var answer = AnswerLater(host);
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(2);
        await host.SettleAsync();
        var held = host.Dispatcher.State;

        // The node sleeps: time passes, and nothing that it asks is answered before another has done the work.
        var wakesUp = new TaskCompletionSource();
        host.Store.Before = (_, _) => wakesUp.Task;
        host.Clock.Advance(10 * Minute);
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.StartAsync();
        await other.UntilAsync(DeliveryState.Succeeded, 3);
        answer.TrySetResult(Some.Response());
        await Waiting.UntilAsync(() => host.Dispatcher.State.InFlight == 0);
        var started = host.Receivers.Count;
        wakesUp.SetResult();
        await Waiting.UntilAsync(() => host.Dispatcher.State.Held == 0);
        await host.UntilLoggedAsync(306);

        Assert.Equal((3, 1), (held.Held, held.Waiting));
        Assert.Equal(2, started);
        Assert.Equal(2, host.Receivers.Count);
        Assert.All(await other.AllAsync(), delivery => Assert.Equal(1, delivery.Attempts));
    }

    [Fact]
    public async Task What_still_waits_on_an_old_lease_starts_once_it_is_renewed()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 2, Timeout = Minute });
        host.Receivers.Answer = (_, number, cancellationToken) => number <= 2
            ? Receivers.HangAsync(cancellationToken)
            : Task.FromResult(Some.Response());
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(2);
        await host.SettleAsync();
        var renewed = new TaskCompletionSource();
        host.Store.Before = (method, _) => method is Renew or Claim ? renewed.Task : Task.CompletedTask;

        host.Clock.Advance(Minute);
        await Waiting.UntilAsync(() => host.Dispatcher.State is { InFlight: 0, Waiting: 1 });
        var before = host.Receivers.Count;
        renewed.SetResult();
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(2, before);
        Assert.Equal(3, host.Receivers.Count);
    }

    [Fact]
    public async Task A_delivery_cancelled_while_it_waits_is_let_go()
    {
        await using var host = await DeliveryHost.StartAsync();
        var endpoint = await host.EndpointAsync("one", one => one with { MaxConcurrency = 2, Timeout = 10 * Minute });
        host.Receivers.Answer = (_, _, cancellationToken) => Receivers.HangAsync(cancellationToken);
        var messages = await host.PublishAsync(3);
        await host.UntilArrivedAsync(2);
        await host.SettleAsync();
        var waiting = messages.Single(message => host.Receivers.Arrivals.All(a => a.MessageId != message.Id.Value));

        await host.Deliveries.CancelAsync(waiting.Id, endpoint.Endpoint.Id, Cancel);
        await PassAsync(host, Minute);
        await Waiting.UntilAsync(() => host.Dispatcher.State is { Held: 2, Waiting: 0 });

        Assert.Equal(2, host.Receivers.Count);
    }

    private static TaskCompletionSource<HttpResponseMessage> AnswerLater(DeliveryHost host)
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Receivers.Answer = (_, _, cancellationToken) => answer.Task.WaitAsync(cancellationToken);
        return answer;
    }

    // Second by second, and each only when the node has done what the last one brought: time that runs away from it
    // would end the leases that it is about to renew.
    private static async Task PassAsync(DeliveryHost host, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Second)
        {
            host.Clock.Advance(Second);
            await host.SettleAsync();
            await Waiting.UntilAsync(() => host.Store.UnderWay == 0);
        }
    }
}
