namespace Webhooks.Tests.Delivery;

/// <summary>However many first tries come, an endpoint's retries have their turn.</summary>
public sealed class RetryShareTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_receiver_that_refuses_every_first_try_gets_everything_while_more_keeps_coming()
    {
        await using var host = await DeliveryHost.StartAsync(
            sending: options => options.RetryPolicy = RetryPolicy.Fixed(5 * Second, maxAttempts: 10));
        await host.EndpointAsync("one");
        host.Receivers.AnswerToTry = tries => Some.Response(tries == 1 ? 500 : 204);

        for (var second = 0; second < 120; second++)
        {
            await host.PublishAsync(5);
            await host.SettleAsync();
            host.Clock.Advance(Second);
        }

        await host.SettleAsync();
        var delivered = (await host.AllAsync(DeliveryState.Succeeded)).Count;
        Assert.InRange(delivered, 500, 600);
    }

    [Fact]
    public async Task Retries_and_first_tries_of_an_endpoint_start_by_turns()
    {
        await using var host = await DeliveryHost.StartAsync(
            delivery => (delivery.CircuitThreshold, delivery.EndpointConcurrency) = (1000, 4),
            sending => sending.RetryPolicy = RetryPolicy.Fixed(60 * Second, maxAttempts: 2));
        await host.EndpointAsync("one");
        host.Receivers.AnswerToTry = tries => Some.Response(tries == 1 ? 500 : 204);
        await host.PublishAsync(20);
        await host.SettleAsync();
        var notBefore = host.Clock.GetUtcNow() + (60 * Second);
        await host.PublishAsync(20, message => message with { NotBefore = notBefore });
        await host.SettleAsync();

        host.Clock.Advance(60 * Second);
        await host.UntilArrivedAsync(60);

        var all = host.Receivers.Arrivals.Select(arrival => arrival.MessageId).ToList();
        var retries = all[20..36].Count(all[..20].Contains);
        Assert.InRange(retries, 6, 10);
    }

    [Fact]
    public async Task First_tries_of_other_endpoints_go_before_the_retries_of_one()
    {
        await using var host = await DeliveryHost.StartAsync(
            delivery => (delivery.CircuitThreshold, delivery.MaxConcurrency, delivery.MaxLeased) = (1000, 1, 1),
            sending => sending.RetryPolicy = RetryPolicy.Fixed(60 * Second, maxAttempts: 2));
        await host.EndpointAsync("bad", endpoint => endpoint with { EventTypes = ["a"] });
        await host.EndpointAsync("good", endpoint => endpoint with { EventTypes = ["b"] });
        host.Receivers.AnswerToTry = tries => Some.Response(tries == 1 ? 500 : 204);
        await host.PublishAsync(10, _ => Some.Message("a"));
        await host.SettleAsync();
        host.Receivers.AnswerToTry = _ => Some.Response();
        var notBefore = host.Clock.GetUtcNow() + (60 * Second);
        await host.PublishAsync(10, _ => Some.Message("b") with { NotBefore = notBefore });
        await host.SettleAsync();

        host.Clock.Advance(60 * Second);
        await host.UntilArrivedAsync(30);

        var receivers = host.Receivers.Arrivals.Select(arrival => arrival.Receiver);
        Assert.Equal(Enumerable.Repeat("good", 10), receivers.Skip(10).Take(10));
    }
}
