namespace Webhooks.Tests.Delivery;

/// <summary>Messages with an ordering key.</summary>
public sealed class OrderingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Messages_of_a_key_arrive_in_order_one_after_the_other()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");

        var messages = await host.PublishAsync(50, message => message with { OrderingKey = "a" });
        await host.UntilAsync(DeliveryState.Succeeded, 50);

        Assert.Equal(messages.Select(message => message.Id.Value), host.Receivers.Arrivals.Select(a => a.MessageId));
        Assert.Equal(1, host.Receivers.MostInFlight());
    }

    [Fact]
    public async Task Keys_do_not_wait_for_each_other()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, number, cancellationToken) => number == 1
            ? Receivers.HangAsync(cancellationToken)
            : Task.FromResult(Some.Response());
        await host.PublishAsync(2, message => message with { OrderingKey = "hangs" });
        await host.UntilArrivedAsync(1);

        await host.PublishAsync(10, message => message with { OrderingKey = "b" });
        await host.PublishAsync(10);
        await host.UntilArrivedAsync(21);
        await host.SettleAsync();

        Assert.Equal(21, host.Receivers.Count);
        Assert.Equal(20, (await host.AllAsync(DeliveryState.Succeeded)).Count);
    }

    [Fact]
    public async Task The_others_wait_for_a_head_that_fails_and_go_after_it()
    {
        await using var host = await StartAsync(RetryPolicy.Fixed(Minute, maxAttempts: 3));
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, number, _) => Task.FromResult(Some.Response(number == 1 ? 500 : 204));

        var messages = await host.PublishAsync(3, message => message with { OrderingKey = "a" });
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();
        var before = host.Receivers.Count;
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Succeeded, 3);

        Assert.Equal(1, before);
        Assert.Equal(
            [messages[0].Id.Value, .. messages.Select(message => message.Id.Value)],
            host.Receivers.Arrivals.Select(arrival => arrival.MessageId));
    }

    [Fact]
    public async Task A_head_that_is_given_up_lets_the_others_go()
    {
        await using var host = await StartAsync(RetryPolicy.None);
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, number, _) => Task.FromResult(Some.Response(number == 1 ? 500 : 204));

        await host.PublishAsync(3, message => message with { OrderingKey = "a" });
        await host.UntilAsync(DeliveryState.Succeeded, 2);

        Assert.Single(await host.AllAsync(DeliveryState.Failed));
    }

    [Fact]
    public async Task A_head_that_fails_for_too_long_gets_one_more_attempt_and_then_goes_on_alone()
    {
        await using var host = await StartAsync(RetryPolicy.Fixed(24 * Hour, maxAttempts: 3));
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, number, _) => Task.FromResult(Some.Response(number <= 2 ? 500 : 204));

        var messages = await host.PublishAsync(2, message => message with { OrderingKey = "a" });
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();
        host.Clock.Advance(Hour - Minute);
        await host.SettleAsync();
        var early = host.Receivers.Count;
        host.Clock.Advance(Minute);
        await host.UntilAsync(DeliveryState.Succeeded);
        await host.SettleAsync();
        host.Clock.Advance(24 * Hour);
        await host.UntilAsync(DeliveryState.Succeeded, 2);

        Assert.Equal(1, early);
        Assert.Equal(
            [messages[0].Id.Value, messages[0].Id.Value, messages[1].Id.Value, messages[0].Id.Value],
            host.Receivers.Arrivals.Select(arrival => arrival.MessageId));
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 309);
    }

    private static Task<DeliveryHost> StartAsync(RetryPolicy policy)
        => DeliveryHost.StartAsync(
            options => options.MaxOrderingWait = Hour, options => options.RetryPolicy = policy);
}
