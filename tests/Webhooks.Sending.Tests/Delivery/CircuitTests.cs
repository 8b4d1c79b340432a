namespace Webhooks.Tests.Delivery;

/// <summary>What the dispatcher does while an endpoint is left alone.</summary>
public sealed class CircuitTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Messages_that_wait_for_an_endpoint_that_fails_keep_their_attempts()
    {
        await using var host = await StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(500));

        await host.PublishAsync(20);
        await host.UntilArrivedAsync(3);
        await host.SettleAsync();

        Assert.Equal(3, host.Receivers.Count);
        Assert.Equal(0, host.Dispatcher.State.Held);
        Assert.Equal(17, (await host.AllAsync()).Count(delivery => delivery.Attempts == 0));
    }

    [Fact]
    public async Task One_request_looks_after_each_pause_and_the_rest_goes_when_it_is_accepted()
    {
        await using var host = await StartAsync();
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(host.Clock.GetUtcNow() < The.Now + (12 * Second) ? 500 : 204));
        await host.PublishAsync(20);
        await host.UntilArrivedAsync(3);
        await host.SettleAsync();
        var first = host.Receivers.Count;

        for (var second = 0; second < 15; second++)
        {
            host.Clock.Advance(Second);
            await host.SettleAsync();
        }

        // Ten go out together at first, and one more for each failure that doesn't open it yet; the probes come after 5 and 5 + 10 seconds.
        Assert.InRange(first, 3, 12);
        var later = host.Receivers.Arrivals.Skip(first).Select(arrival => arrival.At - The.Now).ToArray();
        Assert.Equal([5 * Second, 15 * Second], later.Distinct());
        Assert.Equal(1, later.Count(at => at == 5 * Second));
        Assert.Equal(20 - first - 1, (await host.AllAsync(DeliveryState.Succeeded)).Count);
    }

    [Fact]
    public async Task A_receiver_with_too_much_to_do_is_left_alone_for_as_long_as_it_says()
    {
        await using var host = await StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        host.Receivers.Answer = (_, number, _) => Task.FromResult(
            number == 1 ? Some.Response(429, ("Retry-After", "60")) : Some.Response());
        await host.PublishAsync(5);
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();

        for (var second = 0; second < 59; second++)
        {
            host.Clock.Advance(Second);
            await host.SettleAsync();
        }

        var early = host.Receivers.Count;
        host.Clock.Advance(Second);
        await host.UntilAsync(DeliveryState.Succeeded, 4);

        Assert.Equal(1, early);
    }

    [Fact]
    public async Task An_endpoint_that_is_changed_is_tried_at_once()
    {
        await using var host = await StartAsync();
        var endpoint = await host.EndpointAsync("one", one => one with { MaxConcurrency = 1 });
        host.Receivers.Answer = (receiver, _, _) => Task.FromResult(Some.Response(receiver == "one" ? 500 : 204));
        await host.PublishAsync(20);
        await host.UntilArrivedAsync(3);
        await host.SettleAsync();

        var moved = Some.Endpoint(new Uri("https://two.example.com/")) with { Id = endpoint.Endpoint.Id };
        await host.Endpoints.UpdateAsync(moved, cancellationToken: Cancel);
        await host.UntilAsync(DeliveryState.Succeeded, 17);

        Assert.Equal(17, host.Receivers.CountOf("two"));
    }

    [Fact]
    public async Task What_the_old_URL_answers_late_does_not_count_against_the_new_one()
    {
        await using var host = await StartAsync();
        var endpoint = await host.EndpointAsync("one", one => one with { MaxConcurrency = 3 });
        var late = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (receiver, _, _)
            => receiver == "one" ? late.Task : Task.FromResult(Some.Response());
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(3);

        var moved = Some.Endpoint(new Uri("https://two.example.com/")) with { Id = endpoint.Endpoint.Id };
        await host.Endpoints.UpdateAsync(moved, cancellationToken: Cancel);
        await host.PublishAsync(1);
        late.SetResult(Some.Response(500));
        await host.SettleAsync();
        await host.PublishAsync(1);

        await host.UntilAsync(DeliveryState.Succeeded, 2);
    }

    [Fact]
    public async Task A_pause_costs_the_store_one_question()
    {
        await using var host = await StartAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        host.Receivers.Answer = (_, _, _) => Task.FromResult(Some.Response(500));
        await host.PublishAsync(20);
        await host.UntilArrivedAsync(3);
        await host.SettleAsync();
        var before = host.Store[nameof(WebhookStore.ClaimAsync)];

        for (var step = 0; step < 49; step++)
        {
            host.Clock.Advance(Second / 10);
            await host.SettleAsync();
        }

        Assert.Equal(before, host.Store[nameof(WebhookStore.ClaimAsync)]);
    }

    private static Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(
        options => options.CircuitThreshold = 3,
        options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.FromHours(1), maxAttempts: 2));
}
