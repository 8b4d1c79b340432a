namespace Webhooks.Tests.Delivery;

/// <summary>A store that throws, or is slow, stops nothing for good.</summary>
public sealed class FaultTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(WebhookStore.ClaimAsync))]
    [InlineData(nameof(WebhookStore.CompleteAsync))]
    [InlineData(nameof(WebhookStore.ReadEndpointsAsync))]
    [InlineData(nameof(WebhookStore.ListenAsync))]
    public async Task A_store_that_throws_once_delays_and_loses_nothing(string method)
    {
        await using var host = await StartWithWorkAsync(count: 30, host => host.Store.Before = (called, number)
            => called == method && number == 1 ? throw new IOException("Down.") : Task.CompletedTask);

        await PassTimeUntilAsync(host, () => host.Dispatcher.State.Held == 0 && Succeeded(host) == 30);

        await host.UntilLoggedAsync(303);
        Assert.Equal(30, host.Receivers.Count);
        Assert.Contains(host.Logs.GetSnapshot(), log => log is { Id.Id: 303, Exception: IOException });
    }

    [Theory]
    [InlineData(nameof(WebhookStore.ClaimAsync))]
    [InlineData(nameof(WebhookStore.CompleteAsync))]
    public async Task A_store_that_did_its_work_and_then_throws_loses_nothing(string method)
    {
        await using var host = await StartWithWorkAsync(count: 30, host => host.Store.After = (called, number)
            => called == method && number == 1 ? throw new IOException("Cut off.") : Task.CompletedTask);

        // What a claim leased that nobody heard of comes free when its leases run out.
        await PassTimeUntilAsync(host, () => host.Dispatcher.State.Held == 0 && Succeeded(host) == 30, steps: 4000);

        Assert.Equal(30, host.Receivers.Count);
    }

    [Fact]
    public async Task A_store_that_is_down_is_asked_less_and_less()
    {
        await using var host = new DeliveryHost();
        host.Store.Before = (method, _) => method == nameof(WebhookStore.ClaimAsync)
            ? throw new IOException("Down.")
            : Task.CompletedTask;

        await host.StartAsync();
        await PassTimeAsync(host, steps: 600);

        // In a minute: some six doublings, and then one in five seconds.
        Assert.InRange(host.Store[nameof(WebhookStore.ClaimAsync)], 3, 25);
    }

    [Fact]
    public async Task An_outcome_that_can_not_be_written_does_not_hold_up_the_others()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");
        var messages = await host.PublishAsync(200);
        var poison = (await host.AllAsync())[100];
        host.Store.Completing = outcomes =>
        {
            if (outcomes.Any(outcome => outcome.Id == poison.Id))
                throw new IOException("Can't write that.");
        };

        await host.StartAsync();
        await PassTimeUntilAsync(host, () => Succeeded(host) == 199);
        var held = host.Dispatcher.State.Held;
        host.Store.Completing = null;
        await PassTimeUntilAsync(host, () => Succeeded(host) == 200);

        Assert.Equal(messages.Length, host.Receivers.Count);
        Assert.Equal(1, held);
    }

    [Fact]
    public async Task While_outcomes_can_not_be_written_no_more_is_held_than_may_be()
    {
        await using var host = new DeliveryHost(options =>
        {
            options.MaxConcurrency = 10;
            options.MaxLeased = 50;
        });
        await host.EndpointAsync("one");
        await host.PublishAsync(500);
        var isDown = true;
        host.Store.Completing = _ =>
        {
            if (Volatile.Read(ref isDown))
                throw new IOException("Down.");
        };

        await host.StartAsync();
        await PassTimeUntilAsync(host, () => host.Dispatcher.State is { Held: 50, InFlight: 0, Waiting: 0 });
        await PassTimeAsync(host, steps: 100);
        var sent = host.Receivers.Count;
        Volatile.Write(ref isDown, false);
        await PassTimeUntilAsync(host, () => Succeeded(host) == 500);

        Assert.Equal(50, sent);
        Assert.Equal(500, host.Receivers.Count);
    }

    [Fact]
    public async Task What_could_not_be_given_back_is_given_back_later()
    {
        await using var host = new DeliveryHost(options => options.CircuitThreshold = 1);
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        await host.EndpointAsync("many", endpoint => endpoint with { MaxConcurrency = 2 });
        host.Store.Before = (method, number) => method == nameof(WebhookStore.ReleaseAsync) && number <= 2
            ? throw new IOException("Down.")
            : Task.CompletedTask;
        host.Receivers.Answer = (_, number, _) => Task.FromResult(Some.Response(number == 1 ? 500 : 204));
        await host.PublishAsync(10);

        await host.StartAsync();
        await PassTimeUntilAsync(host, () => Succeeded(host) == 20, steps: 3000);

        Assert.True(host.Store[nameof(WebhookStore.ReleaseAsync)] > 2);
        Assert.Equal(22, host.Receivers.Count);
    }

    [Fact]
    public async Task An_observer_that_throws_does_not_touch_deliveries()
    {
        await using var host = new DeliveryHost(
            options => options.CircuitThreshold = 2,
            options => options.RetryPolicy = RetryPolicy.None,
            services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions
                .AddSingleton<IWebhookEndpointObserver>(services, new ThrowingObserver()));
        await host.EndpointAsync("bad");
        await host.EndpointAsync("good");
        host.Receivers.Answer = (receiver, _, _) => Task.FromResult(Some.Response(receiver == "bad" ? 500 : 204));
        await host.PublishAsync(20);

        await host.StartAsync();
        await PassTimeUntilAsync(host, () => Succeeded(host) == 20);

        Assert.Equal(20, host.Receivers.CountOf("good"));
    }

    // Time passes faster here than a busy machine may renew shorter ones.
    private static void LongLeases(WebhookDeliveryOptions options) => options.LeaseDuration = TimeSpan.FromMinutes(3);

    private static async Task<DeliveryHost> StartWithWorkAsync(int count, Action<DeliveryHost> prepare)
    {
        // Publishing reads the endpoints too, which is not what the faults are for.
        var host = new DeliveryHost(LongLeases);
        await using var publisher = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await publisher.EndpointAsync("one");
        await publisher.PublishAsync(count);
        prepare(host);
        await host.StartAsync();
        return host;
    }

    private static int Succeeded(DeliveryHost host)
        => host.AllAsync(DeliveryState.Succeeded).GetAwaiter().GetResult().Count;

    private static async Task PassTimeUntilAsync(DeliveryHost host, Func<bool> condition, int steps = 1000)
    {
        for (var step = 0; step < steps; step++)
        {
            if (condition())
                return;

            await PassTimeAsync(host, steps: 1);
        }

        Assert.True(condition(), "It hasn't come about.");
    }

    private static async Task PassTimeAsync(DeliveryHost host, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        }
    }

    private sealed class ThrowingObserver : IWebhookEndpointObserver
    {
        public Task OnChangedAsync(EndpointChange change, CancellationToken cancellationToken)
            => throw new InvalidOperationException("Ouch.");
    }
}
