namespace Webhooks.Stores;

/// <summary>What the tests of all areas have in common: a store of their own, and short words for its use.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class StoreTests<THarness> : IAsyncLifetime
    where THarness : StoreHarness, new()
{
    protected static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    /// <summary>How long a test may take between two looks at a clock that can't be stopped.</summary>
    protected static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    private long _revision;

    protected THarness Harness { get; } = new();

    protected WebhookStore Store => Harness.Store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Harness.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Harness.DisposeAsync();
    }

    protected ValueTask AdvanceAsync(TimeSpan time) => Harness.AdvanceAsync(time);

    protected async Task<long> RevisionAsync()
        => _revision = (await Store.ReadEndpointsAsync(_revision, Cancel)).Revision;

    protected async Task<EndpointRecord> EndpointAsync(string tenant = "")
    {
        var endpoint = await Store.CreateEndpointAsync(Some.Endpoint(tenant), Cancel);
        Assert.NotNull(endpoint);
        return endpoint;
    }

    protected async Task<EndpointRecord[]> EndpointsAsync(int count, string tenant = "")
    {
        var endpoints = new EndpointRecord[count];
        for (var i = 0; i < count; i++)
            endpoints[i] = await EndpointAsync(tenant);
        return endpoints;
    }

    protected static NewMessage New(params EndpointRecord[] endpoints) => New(Some.Message(), endpoints);

    protected static NewMessage New(MessageRecord message, params EndpointRecord[] endpoints)
        => new() { Message = message, Endpoints = [.. endpoints.Select(endpoint => endpoint.Number)] };

    protected async Task<StoredMessage> PublishAsync(params EndpointRecord[] endpoints)
        => await PublishAsync(New(endpoints));

    protected async Task<StoredMessage> PublishAsync(NewMessage message)
        => Assert.Single(await PublishAllAsync([message]));

    protected async Task<IReadOnlyList<StoredMessage>> PublishAllAsync(IEnumerable<NewMessage> messages)
    {
        var batch = new PublishBatch([.. messages], await RevisionAsync());
        var outcome = await Store.PublishAsync(batch, Cancel);
        Assert.False(outcome.IsStale);
        Assert.Equal(batch.Messages.Count, outcome.Messages.Count);
        return outcome.Messages;
    }

    protected static ClaimRequest Request(int maxCount = 1000, int endpointLimit = 1000, long cursor = 0) => new()
    {
        MaxCount = maxCount,
        DefaultEndpointLimit = endpointLimit,
        LeaseDuration = LeaseTime,
        Lease = Some.Lease(),
        Cursor = cursor,
    };

    protected Task<Claim> ClaimAsync(int maxCount = 1000, int endpointLimit = 1000)
        => ClaimAsync(Request(maxCount, endpointLimit));

    protected async Task<Claim> ClaimAsync(ClaimRequest request)
        => new(request.Lease, await Store.ClaimAsync(request, Cancel));

    /// <summary>Claims until the store says that there is no more.</summary>
    protected async Task<IReadOnlyList<Claim>> ClaimAllAsync(ClaimRequest request)
    {
        var claims = new List<Claim>();
        do
        {
            Assert.True(claims.Count < 1000, "The store says for ever that it has more.");
            request = request with { Lease = Some.Lease(), Cursor = claims.LastOrDefault()?.Result.Cursor ?? request.Cursor };
            claims.Add(await ClaimAsync(request));
        }
        while (claims[^1].Result.HasMore);

        return claims;
    }

    protected async Task CompleteAsync(params DeliveryOutcome[] outcomes)
    {
        var written = await Store.CompleteAsync(outcomes, Cancel);
        Assert.Equal(outcomes.Select(_ => true), written);
    }

    protected Task<IReadOnlyList<bool>> TryCompleteAsync(params DeliveryOutcome[] outcomes)
        => Store.CompleteAsync(outcomes, Cancel);

    /// <summary>Publishes and claims one delivery.</summary>
    protected async Task<Claim> ClaimNewAsync()
    {
        await PublishAsync(await EndpointAsync());
        var claim = await ClaimAsync();
        Assert.Single(claim.Deliveries);
        return claim;
    }

    protected async Task<DeliveryRecord> FindAsync(LeasedDelivery delivery)
    {
        var filter = new DeliveryFilter { MessageNumber = delivery.Message.Number };
        return Assert.Single(await Store.FindDeliveriesAsync(filter, Cancel), found => found.Id == delivery.Id);
    }

    protected async Task<MessageRecord> FindMessageAsync(string id)
    {
        var filter = new MessageFilter { Id = id, WithPayload = true };
        return Assert.Single(await Store.FindMessagesAsync(filter, Cancel));
    }

    /// <summary>A listener that was cancelled ends, by returning or by saying so.</summary>
    protected static async Task ListeningEndsAsync(Task listener)
    {
        await Task.WhenAny(listener, Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel));
        Assert.True(listener is { IsCompleted: true, IsFaulted: false });
    }

    protected Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync()
        => Store.FindDeliveriesAsync(new DeliveryFilter { OldestFirst = true, Limit = 10_000 }, Cancel);
}
