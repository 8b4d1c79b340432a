namespace Webhooks.Tests.Delivery;

/// <summary>What this process publishes and can attempt at once needs no claim.</summary>
public sealed class DirectLeaseTests
{
    private const string Claim = nameof(WebhookStore.ClaimAsync);
    private const string Publish = nameof(WebhookStore.PublishAsync);

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_is_attempted_without_a_claim()
    {
        await using var host = await ReadyAsync();
        foreach (var number in Enumerable.Range(1, 20))
            await host.EndpointAsync($"r{number}");
        await host.SettleAsync();
        var claims = host.Store[Claim];

        await host.PublishAsync(3);
        await host.UntilAsync(DeliveryState.Succeeded, 60);

        Assert.Equal(60, host.Store.Leased);
        Assert.Equal(claims, host.Store[Claim]);
    }

    [Fact]
    public async Task A_payload_that_its_publisher_overwrites_arrives_as_it_was()
    {
        await using var host = await ReadyAsync("one");
        var payload = "{\"number\":1}"u8.ToArray();
        var body = "";
        host.Receivers.Read = text => body = text;
        host.Store.After = (method, _) =>
        {
            if (method == Publish)
                payload.AsSpan().Clear();
            return Task.CompletedTask;
        };

        await host.PublishAsync(_ => WebhookMessage.Create("invoice.paid", payload));
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal((1, "{\"number\":1}"), (host.Store.Leased, body));
    }

    [Fact]
    public async Task What_the_store_does_not_hold_is_claimed()
    {
        await using var host = await ReadyAsync("one");
        host.Store.HoldsNothing = true;

        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal((0, 1), (host.Store.Leased, host.Receivers.Count));
    }

    [Fact]
    public async Task What_has_to_wait_is_left_to_claims()
    {
        await using var host = await ReadyAsync("one");

        await host.PublishAsync(message => message with { OrderingKey = "k" });
        await host.PublishAsync(message => message with { NotBefore = The.Now.AddMinutes(1) });
        await host.PublishAsync(message => message with { ExpiresAt = The.Now });

        Assert.Equal(0, host.Store.Leased);
        await host.UntilAsync(DeliveryState.Succeeded);
        await host.UntilAsync(DeliveryState.Failed);
    }

    [Fact]
    public async Task A_lane_takes_no_more_than_it_can_attempt_at_once()
    {
        await using var host = await ReadyAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 3 });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;

        foreach (var _ in Enumerable.Range(0, 5))
            await host.PublishAsync();

        Assert.Equal(3, host.Store.Leased);
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded, 5);
    }

    [Fact]
    public async Task What_a_full_lane_leaves_in_the_store_is_claimed_when_it_has_room()
    {
        await using var host = await ReadyAsync();
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 1 });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, number, _) => number == 1 ? answer.Task : Task.FromResult(Some.Response());
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(1);
        await host.SettleAsync();

        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded, 3);

        Assert.Equal(1, host.Store.Leased);
    }

    [Fact]
    public async Task An_endpoint_that_failed_last_takes_nothing_by_itself()
    {
        await using var host = await ReadyAsync("one");
        host.Receivers.Answer = (_, number, _) => Task.FromResult(
            number == 1 ? new HttpResponseMessage(System.Net.HttpStatusCode.InternalServerError) : Some.Response());
        await host.PublishAsync();
        await host.UntilTriedAsync(1);

        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(1, host.Store.Leased);
    }

    [Fact]
    public async Task A_rate_that_is_used_up_leaves_the_rest_to_claims()
    {
        await using var host = await ReadyAsync();
        await host.EndpointAsync(
            "one", endpoint => endpoint with { RateLimit = new EndpointRateLimit(2, TimeSpan.FromMinutes(1)) });

        await host.PublishAsync(5);
        await host.UntilAsync(DeliveryState.Succeeded, 2);

        Assert.Equal((2, 2), (host.Store.Leased, host.Receivers.Count));
    }

    [Fact]
    public async Task A_node_leaves_some_of_its_room_to_claims()
    {
        await using var host = await ReadyAsync(options =>
        {
            options.MaxConcurrency = 16;
            options.MaxLeased = 16;
        });
        foreach (var number in Enumerable.Range(1, 20))
            await host.EndpointAsync($"r{number}");

        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 20);

        Assert.Equal(15, host.Store.Leased);
    }

    [Fact]
    public async Task A_node_takes_no_more_bytes_than_it_may()
    {
        const int size = 100_000;
        await using var host = await ReadyAsync(options => options.MaxLeasedBytes = 16 * size, "one");
        await host.EndpointAsync("two", endpoint => endpoint with { MaxConcurrency = 100 });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;

        await host.PublishAsync(20, _ => WebhookMessage.Create("invoice.paid", new byte[size]));

        Assert.InRange(host.Store.Leased, 14, 28);
        Assert.InRange(host.Dispatcher.State.Bytes, 14 * size, 17 * size);
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded, 40);
    }

    [Fact]
    public async Task A_node_that_does_not_know_of_older_work_takes_nothing_new()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");
        var goesOn = new TaskCompletionSource();
        host.Store.Before = (method, _) => method == Claim ? goesOn.Task : Task.CompletedTask;
        await host.StartAsync();

        await host.PublishAsync();
        goesOn.SetResult();
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(0, host.Store.Leased);
    }

    [Fact]
    public async Task A_process_that_does_not_deliver_takes_nothing()
    {
        await using var host = new DeliveryHost();
        await host.EndpointAsync("one");

        await host.PublishAsync();

        Assert.Equal(0, host.Store.Leased);
        Assert.Equal(DeliveryState.Pending, (await host.OnlyAsync()).State);
    }

    [Fact]
    public async Task What_was_not_stored_is_not_sent()
    {
        await using var host = await ReadyAsync("one");
        host.Store.Before = (method, _) => method == Publish ? throw new IOException("Down.") : Task.CompletedTask;

        await Assert.ThrowsAsync<IOException>(() => host.PublishAsync());
        await host.SettleAsync();

        Assert.Equal(0, host.Receivers.Count);
        Assert.Equal(0, host.Dispatcher.State.Held);
    }

    [Fact]
    public async Task What_nobody_was_told_is_stored_is_sent_when_its_lease_has_run_out()
    {
        await using var host = await ReadyAsync("one");
        host.Store.After = (method, _) => method == Publish ? throw new IOException("Lost.") : Task.CompletedTask;

        await Assert.ThrowsAsync<IOException>(() => host.PublishAsync());
        await host.SettleAsync();
        var before = (host.Receivers.Count, host.Dispatcher.State.Held);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal((0, 0), before);
        Assert.Equal(1, host.Receivers.Count);
    }

    [Fact]
    public async Task What_is_stored_while_the_node_stops_is_given_back_at_once()
    {
        await using var host = await ReadyAsync("one");
        var goesOn = new TaskCompletionSource();
        host.Store.After = (method, _) => method == Publish ? goesOn.Task : Task.CompletedTask;
        var publishing = host.PublishAsync();
        await Waiting.UntilAsync(() => host.Store[Publish] == 1);

        var stopping = host.StopAsync(Cancel);
        goesOn.SetResult();
        await publishing;
        await stopping;
        await using var next = new DeliveryHost(clock: host.Clock, store: host.Store.Inner);
        await next.StartAsync();
        await next.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal((1, 0), (host.Store.Leased, host.Receivers.Count));
    }

    [Fact]
    public async Task An_endpoint_disabled_meanwhile_gets_nothing()
    {
        await using var host = await ReadyAsync();
        var endpoint = await host.EndpointAsync("one");
        await host.SettleAsync();
        var goesOn = new TaskCompletionSource();
        host.Store.After = (method, _) => method == Publish ? goesOn.Task : Task.CompletedTask;
        var publishing = host.PublishAsync();
        await Waiting.UntilAsync(() => host.Store[Publish] == 1);

        await host.Endpoints.DisableAsync(endpoint.Id, "Enough.", Cancel);
        goesOn.SetResult();
        await publishing;
        await Waiting.UntilAsync(() => host.Store[nameof(WebhookStore.ReleaseAsync)] == 1);
        await host.SettleAsync();

        Assert.Equal((1, 0, 0), (host.Store.Leased, host.Receivers.Count, host.Dispatcher.State.Held));
        Assert.Equal(DeliveryState.Pending, (await host.OnlyAsync()).State);
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_lease_has_run_out_starts_nothing()
    {
        await using var host = await ReadyAsync("one");
        var goesOn = new TaskCompletionSource();
        host.Store.After = (method, _) => method == Publish ? goesOn.Task : Task.CompletedTask;
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        host.Receivers.Answer = (_, _, _) => answer.Task;
        var publishing = host.PublishAsync();
        await Waiting.UntilAsync(() => host.Store[Publish] == 1);

        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await Waiting.UntilAsync(() =>
        {
            // The dispatcher may have looked while time was passing, and then looks again only when more has passed.
            if (host.Receivers.Count == 0)
                host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.Receivers.Count == 1;
        });
        goesOn.SetResult();
        await publishing;
        await host.SettleAsync();
        answer.SetResult(Some.Response());
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(1, host.Receivers.Count);
    }

    private static Task<DeliveryHost> ReadyAsync(params string[] receivers) => ReadyAsync(null, receivers);

    /// <summary>A node that has looked at what there was.</summary>
    private static async Task<DeliveryHost> ReadyAsync(
        Action<WebhookDeliveryOptions>? options, params string[] receivers)
    {
        var host = await DeliveryHost.StartAsync(options);
        foreach (var receiver in receivers)
            await host.EndpointAsync(receiver);
        await Waiting.UntilAsync(() => host.Store[Claim] > 0);
        await host.SettleAsync();
        return host;
    }
}
