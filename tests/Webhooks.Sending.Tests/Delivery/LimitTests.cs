using System.Collections.Concurrent;

namespace Webhooks.Tests.Delivery;

/// <summary>How much goes on at once, and whose turn it is.</summary>
public sealed class LimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task An_endpoint_has_no_more_requests_at_once_than_its_concurrency()
    {
        await using var host = await DeliveryHost.StartAsync(options => options.EndpointConcurrency = 3);
        await host.EndpointAsync("usual");
        await host.EndpointAsync("own", endpoint => endpoint with { MaxConcurrency = 7 });
        using var gate = Gate(host);

        await host.PublishAsync(100);
        await Waiting.UntilAsync(() => host.Dispatcher.State.InFlight == 10);
        await host.SettleAsync();
        gate.Open();
        await host.UntilAsync(DeliveryState.Succeeded, 200);

        Assert.Equal(3, host.Receivers.MostInFlight("usual"));
        Assert.Equal(7, host.Receivers.MostInFlight("own"));
    }

    [Fact]
    public async Task A_node_has_no_more_requests_at_once_than_its_concurrency()
    {
        await using var host = await DeliveryHost.StartAsync(options => options.MaxConcurrency = 20);
        foreach (var number in Enumerable.Range(1, 40))
            await host.EndpointAsync($"r{number}");
        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 40);
        using var gate = Gate(host);

        await host.PublishAsync(10);
        await Waiting.UntilAsync(() => host.Dispatcher.State.InFlight == 20);
        await host.SettleAsync();
        gate.Open();
        await host.UntilAsync(DeliveryState.Succeeded, 440);

        Assert.Equal(20, host.Receivers.MostInFlight());
    }

    [Fact]
    public async Task A_node_holds_no_more_than_it_may()
    {
        await using var host = await DeliveryHost.StartAsync(options =>
        {
            options.MaxConcurrency = 8;
            options.MaxLeased = 40;
        });
        foreach (var number in Enumerable.Range(1, 20))
            await host.EndpointAsync($"r{number}");
        var most = new Peak();
        host.Receivers.Answer = (_, _, _) => most.AnswerAsync(host.Dispatcher.State.Held);

        await host.PublishAsync(50);
        await host.UntilAsync(DeliveryState.Succeeded, 1000);

        Assert.InRange(most.Value, 9, 40);
    }

    [Fact]
    public async Task Large_payloads_take_no_more_memory_than_they_may()
    {
        const int size = 100_000;
        await using var host = await DeliveryHost.StartAsync(options => options.MaxLeasedBytes = 11 * size);
        await host.EndpointAsync("one");
        await host.EndpointAsync("two", endpoint => endpoint with { MaxConcurrency = 100 });
        var most = new Peak();
        host.Receivers.Answer = (_, _, _) => most.AnswerAsync(host.Dispatcher.State.Bytes);

        foreach (var _ in Enumerable.Range(0, 30))
            await host.PublishAsync(2, _ => WebhookMessage.Create("invoice.paid", new byte[size]));
        await host.UntilAsync(DeliveryState.Succeeded, 120);

        // A claim brings at least one, even if it is larger than what is left.
        Assert.InRange(most.Value, 2 * size, 12 * size);
        Assert.Equal(0, host.Dispatcher.State.Bytes);
    }

    [Fact]
    public async Task A_payload_that_many_deliveries_of_a_claim_share_counts_once()
    {
        await using var host = await DeliveryHost.StartAsync();
        foreach (var number in Enumerable.Range(1, 20))
            await host.EndpointAsync($"r{number}");
        using var gate = Gate(host);

        await host.PublishAsync(1, _ => WebhookMessage.Create("invoice.paid", new byte[1000]));
        await Waiting.UntilAsync(() => host.Dispatcher.State.InFlight == 20);
        var bytes = host.Dispatcher.State.Bytes;
        gate.Open();
        await host.UntilAsync(DeliveryState.Succeeded, 20);

        Assert.Equal(1000, bytes);
        Assert.Equal(0, host.Dispatcher.State.Bytes);
    }

    [Fact]
    public async Task A_rate_limit_is_kept_in_any_stretch_of_its_period_and_holds_nobody_else_up()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("slow", endpoint => endpoint with { RateLimit = new EndpointRateLimit(5, Minute) });
        await host.EndpointAsync("fast");

        await host.PublishAsync(23);
        await host.UntilAsync(DeliveryState.Succeeded, 23 + 5);
        for (var second = 0; second < 240; second++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.SettleAsync();
        }

        var times = host.Receivers.Arrivals.Where(arrival => arrival.Receiver == "slow").Select(a => a.At).ToArray();
        Assert.Equal(23, times.Length);
        for (var i = 5; i < times.Length; i++)
            Assert.True(times[i] - times[i - 5] >= Minute);
        Assert.InRange(times[^1] - The.Now, 4 * Minute, 4 * Minute);
    }

    [Fact]
    public async Task What_waits_for_its_rate_is_not_held()
    {
        await using var host = await DeliveryHost.StartAsync();
        await host.EndpointAsync("slow", endpoint => endpoint with { RateLimit = new EndpointRateLimit(2, Minute) });

        await host.PublishAsync(100);
        await host.UntilAsync(DeliveryState.Succeeded, 2);
        await host.SettleAsync();

        Assert.Equal(0, host.Dispatcher.State.Held);
        Assert.All(await host.AllAsync(DeliveryState.Pending), delivery => Assert.Equal(0, delivery.Attempts));
    }

    [Fact]
    public async Task Tenants_get_equal_shares_however_much_one_of_them_sends()
    {
        await using var host = new DeliveryHost(options => options.MaxConcurrency = 1);
        foreach (var number in Enumerable.Range(1, 5))
            await host.EndpointAsync($"big{number}", endpoint => endpoint with { Tenant = "big" });
        await host.EndpointAsync("small", endpoint => endpoint with { Tenant = "small" });
        await host.PublishAsync(100, message => message with { Tenant = "big" });
        await host.PublishAsync(10, message => message with { Tenant = "small" });

        await host.StartAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 510);

        var last = host.Receivers.Arrivals.Select((arrival, index) => (arrival.Receiver, index))
            .Last(arrival => arrival.Receiver == "small").index;
        Assert.InRange(last, 0, 25);
    }

    [Fact]
    public async Task Endpoints_of_a_tenant_get_equal_shares()
    {
        await using var host = new DeliveryHost(options => options.MaxConcurrency = 1);
        foreach (var number in Enumerable.Range(1, 5))
            await host.EndpointAsync($"r{number}");
        await host.PublishAsync(20);

        await host.StartAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 100);

        var half = host.Receivers.Arrivals.Take(50).CountBy(arrival => arrival.Receiver);
        Assert.All(half, pair => Assert.InRange(pair.Value, 8, 12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task Endpoints_that_hang_do_not_hold_up_those_that_do_well(int hanging)
    {
        await using var host = await StartWithHangingAsync(maxConcurrency: 64, maxLeased: 256);
        foreach (var number in Enumerable.Range(1, 20))
            await host.EndpointAsync($"good{number}");
        await host.PublishAsync();
        await host.UntilAsync(DeliveryState.Succeeded, 20);
        foreach (var number in Enumerable.Range(1, hanging))
            await host.EndpointAsync($"hang{number}");

        await host.PublishAsync(30);
        await PassSecondsUntilAsync(host, 15, () => host.AllAsync(DeliveryState.Succeeded).Result.Count == 620);

        Assert.Equal(Math.Min(hanging * 10, 56), host.Dispatcher.State.InFlight);
    }

    [Fact]
    public async Task When_more_hang_than_there_is_room_for_new_endpoints_wait_for_their_timeouts_and_no_longer()
    {
        // Room is made by giving back what can't move, and lanes that failed leave slots.
        await using var host = await StartWithHangingAsync(maxConcurrency: 32, maxLeased: 64);
        foreach (var number in Enumerable.Range(1, 24))
            await host.EndpointAsync($"hang{number}");
        await host.PublishAsync(20);
        await Waiting.UntilAsync(() => host.Dispatcher.State.InFlight > 20);
        await host.SettleAsync();

        await host.EndpointAsync("good");
        await host.PublishAsync(20);
        await PassSecondsUntilAsync(host, 45, () => host.AllAsync(DeliveryState.Succeeded).Result.Count == 20);

        Assert.Equal(20, host.Receivers.CountOf("good"));
    }

    private static async Task<DeliveryHost> StartWithHangingAsync(int maxConcurrency, int maxLeased)
    {
        var host = await DeliveryHost.StartAsync(options =>
        {
            options.MaxConcurrency = maxConcurrency;
            options.MaxLeased = maxLeased;
        });
        host.Receivers.Answer = (receiver, _, cancellationToken) => receiver.StartsWith("hang", StringComparison.Ordinal)
            ? Receivers.HangAsync(cancellationToken)
            : Task.FromResult(Some.Response());
        return host;
    }

    private static TestGate Gate(DeliveryHost host)
    {
        var gate = new TestGate();
        host.Receivers.Answer = (_, _, cancellationToken) => gate.PassAsync(cancellationToken);
        return gate;
    }

    private static async Task PassSecondsUntilAsync(DeliveryHost host, int seconds, Func<bool> condition)
    {
        for (var second = 0; second < seconds && !condition(); second++)
        {
            await host.SettleAsync();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await host.SettleAsync();
        Assert.True(condition(), "It hasn't come about.");
    }

    private sealed class TestGate : IDisposable
    {
        private readonly TaskCompletionSource _open = new();

        public void Open() => _open.TrySetResult();

        public async Task<HttpResponseMessage> PassAsync(CancellationToken cancellationToken)
        {
            await _open.Task.WaitAsync(cancellationToken);
            return Some.Response();
        }

        public void Dispose() => Open();
    }

    private sealed class Peak
    {
        private readonly ConcurrentQueue<long> _values = new();

        public long Value => _values.Max();

        public Task<HttpResponseMessage> AnswerAsync(long value)
        {
            _values.Enqueue(value);
            return Task.FromResult(Some.Response());
        }
    }
}
