namespace Webhooks.Benchmarks.Delivery;

/// <summary>Deliveries that wait in a store, for 100 endpoints.</summary>
internal sealed class StoreBacklog
{
    private const int MostDeliveries = 1000;

    private static readonly byte[] Payload = Payloads.Random();

    private readonly WebhookStore _store;
    private readonly List<long> _endpoints = [];
    private long _revision;
    private int _next;

    private StoreBacklog(WebhookStore store) => _store = store;

    public static async Task<StoreBacklog> CreateAsync(WebhookStore store)
    {
        var backlog = new StoreBacklog(store);
        for (var i = 0; i < 100; i++)
        {
            var endpoint = new EndpointRecord { Id = $"benchmark-{i}", Settings = new byte[200] };
            var created = await store.CreateEndpointAsync(endpoint, CancellationToken.None);
            backlog._endpoints.Add(created!.Number);
            backlog._revision = created.Revision;
        }

        return backlog;
    }

    public static ClaimRequest Claim(int count) => new()
    {
        MaxCount = count,
        LeaseDuration = TimeSpan.FromMinutes(1),
        Lease = Random.Shared.NextInt64(),
        DefaultEndpointLimit = 10,
    };

    /// <summary>Stores so many deliveries, of messages that go to so many endpoints each.</summary>
    public async Task AddAsync(int deliveries, int endpointsOfMessage)
    {
        for (var left = deliveries / endpointsOfMessage; left > 0;)
        {
            var count = Math.Min(left, MostDeliveries / endpointsOfMessage);
            var messages = Enumerable.Range(0, count).Select(_ => NewMessage(endpointsOfMessage)).ToArray();
            await _store.PublishAsync(new PublishBatch(messages, _revision), CancellationToken.None);
            left -= count;
        }
    }

    /// <summary>Ends all that wait, so that they are history.</summary>
    public async Task CancelAllAsync()
    {
        var filter = new DeliveryFilter { State = DeliveryState.Pending, Limit = MostDeliveries, OldestFirst = true };
        while (await _store.FindDeliveriesAsync(filter, CancellationToken.None) is { Count: > 0 } found)
        {
            await _store.CancelAsync([.. found.Select(delivery => delivery.Id)], CancellationToken.None);
            filter = filter with { After = found[^1].Id };
        }
    }

    private NewMessage NewMessage(int endpointsOfMessage)
    {
        var endpoints = new long[endpointsOfMessage];
        for (var i = 0; i < endpoints.Length; i++)
            endpoints[i] = _endpoints[_next++ % _endpoints.Count];

        var record = new MessageRecord
        {
            Id = MessageId.New().Value,
            EventType = "invoice.paid",
            Timestamp = TimeProvider.System.GetUtcNow(),
            ContentType = "application/json",
            Payload = Payload,
        };
        return new NewMessage { Message = record, Endpoints = endpoints };
    }
}
