namespace Webhooks.Tests.Delivery;

/// <summary>How seldom an idle node asks, and how soon it hears.</summary>
public sealed class IdleTests
{
    private const string Claim = nameof(WebhookStore.ClaimAsync);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_idle_node_makes_one_query_in_a_poll_interval_and_no_other_call()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        await host.SettleAsync();
        var before = host.Store[Claim];

        for (var interval = 1; interval <= 12; interval++)
        {
            host.Clock.Advance(Poll - TimeSpan.FromMilliseconds(1));
            await host.SettleAsync();
            Assert.Equal(before + interval - 1, host.Store[Claim]);

            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await host.SettleAsync();
            Assert.Equal(before + interval, host.Store[Claim]);
        }

        Assert.Equal(0, host.Store[nameof(WebhookStore.RenewAsync)]);
        Assert.Equal(0, host.Store[nameof(WebhookStore.CompleteAsync)]);
        Assert.Equal(0, host.Store[nameof(WebhookStore.ReleaseAsync)]);
    }

    [Fact]
    public async Task A_message_published_here_is_delivered_without_waiting_and_costs_no_claim()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        await host.SettleAsync();
        var before = host.Store[Claim];

        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded);
        await host.SettleAsync();

        Assert.Equal(before, host.Store[Claim]);
        Assert.Equal(1, host.Store[nameof(WebhookStore.CompleteAsync)]);
    }

    [Fact]
    public async Task A_message_of_another_process_is_delivered_when_the_store_says_so()
    {
        Action? wake = null;
        await using var host = new DeliveryHost();
        host.Store.Listen = (call, cancellationToken) =>
        {
            Volatile.Write(ref wake, call);
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        };
        await host.StartAsync();
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.EndpointAsync("one");
        await host.SettleAsync();
        await Waiting.UntilAsync(() => Volatile.Read(ref wake) is not null);

        await other.PublishAsync();
        await host.SettleAsync();
        var unheard = host.Receivers.Count;
        wake!();
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(0, unheard);
    }

    [Fact]
    public async Task A_message_of_another_process_is_found_within_the_poll_interval()
    {
        await using var host = await DeliveryHost.StartAsync();
        await using var other = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await other.EndpointAsync("one");
        await host.SettleAsync();

        await other.PublishAsync();
        host.Clock.Advance(Poll);

        await host.UntilAsync(DeliveryState.Succeeded);
    }

    [Fact]
    public async Task A_delayed_message_is_sent_when_it_is_due()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        await host.PublishAsync(message => message with { NotBefore = The.Now + TimeSpan.FromSeconds(2) });
        await host.SettleAsync();

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(The.Now + TimeSpan.FromSeconds(2), Assert.Single(host.Receivers.Arrivals).At);
    }

    [Fact]
    public async Task Work_done_leaves_nothing_behind_that_asks_again()
    {
        await using var host = await DeliveryHost.StartAsync();
        foreach (var number in Enumerable.Range(1, 30))
            await host.EndpointAsync($"r{number}");
        await host.PublishAsync(50);
        await host.UntilAsync(DeliveryState.Succeeded, 1500);
        await host.SettleAsync();
        var before = host.Store[Claim];

        host.Clock.Advance(Poll - TimeSpan.FromMilliseconds(1));
        await host.SettleAsync();

        Assert.Equal(before, host.Store[Claim]);
    }

    [Fact]
    public async Task Lanes_that_do_nothing_are_forgotten()
    {
        await using var host = await DeliveryHost.StartAsync();
        foreach (var number in Enumerable.Range(1, 30))
            await host.EndpointAsync($"r{number}");
        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 30);
        var before = host.Dispatcher.State.Lanes;

        for (var minute = 0; minute < 13; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.SettleAsync();
        }

        Assert.Equal(30, before);
        Assert.Equal(0, host.Dispatcher.State.Lanes);
    }
}
