using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Deliveries;

/// <summary>An application's view of what it published, over a store in memory.</summary>
internal sealed class DeliveriesHost : IDisposable
{
    private readonly ServiceProvider _services;
    private long _revision;
    private long _lease;

    public DeliveriesHost()
    {
        Store = new ScriptedStore(Clock);
        var services = new ServiceCollection();
        services.AddFakeLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddWebhookSender().UseStore(_ => Store);
        _services = services.BuildServiceProvider();
        Deliveries = _services.GetRequiredService<IWebhookDeliveries>();
        Signal = _services.GetRequiredService<DispatchSignal>();
    }

    public FakeTimeProvider Clock { get; } = new(The.Now);

    public ScriptedStore Store { get; }

    public IWebhookDeliveries Deliveries { get; }

    public DispatchSignal Signal { get; }

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An endpoint, as another node would create it.</summary>
    public async Task<EndpointRecord> EndpointAsync(string tenant = "")
    {
        var endpoint = Some.Endpoint() with { Tenant = tenant };
        var record = new EndpointRecord
        {
            Id = endpoint.Id,
            Tenant = tenant,
            Settings = _services.GetRequiredService<EndpointSerializer>().Write(endpoint),
        };
        return (await Store.CreateEndpointAsync(record, Cancel))!;
    }

    /// <summary>Publishes to endpoints, all of the first one's tenant.</summary>
    public Task<MessageId> PublishAsync(params EndpointRecord[] endpoints) => PublishAsync("invoice.paid", endpoints);

    public async Task<MessageId> PublishAsync(string eventType, params EndpointRecord[] endpoints)
    {
        var message = WebhookMessage.Create(eventType, Encoding.UTF8.GetBytes("{\"id\":1}"), timeProvider: Clock) with
        {
            Tenant = endpoints.Length == 0 ? "" : endpoints[0].Tenant,
            IdempotencyKey = Stores.Some.Name("key_"),
            ExpiresAt = The.Now.AddDays(9),
        };
        var fresh = new NewMessage
        {
            Message = MessageRecords.ToRecord(message),
            Endpoints = [.. endpoints.Select(endpoint => endpoint.Number)],
        };
        _revision = (await Store.ReadEndpointsAsync(_revision, Cancel)).Revision;
        var outcome = await Store.PublishAsync(new PublishBatch([fresh], _revision), Cancel);
        Assert.Equal(MessageDuplicate.None, Assert.Single(outcome.Messages).Duplicate);
        return message.Id;
    }

    /// <summary>Does what the dispatcher does with all that is due.</summary>
    public async Task<int> DeliverAsync(DeliveryState state = DeliveryState.Succeeded)
    {
        var claim = await ClaimAsync();
        var outcomes = claim.Select(delivery => Outcome(delivery, state)).ToArray();
        Assert.All(await Store.CompleteAsync(outcomes, Cancel), Assert.True);
        return claim.Count;
    }

    public async Task<IReadOnlyList<LeasedDelivery>> ClaimAsync()
    {
        var request = new ClaimRequest
        {
            MaxCount = 10_000,
            DefaultEndpointLimit = 10_000,
            LeaseDuration = TimeSpan.FromMinutes(1),
            Lease = ++_lease,
        };
        return (await Store.ClaimAsync(request, Cancel)).Deliveries;
    }

    public void Dispose() => _services.Dispose();

    private DeliveryOutcome Outcome(LeasedDelivery delivery, DeliveryState state) => new()
    {
        Id = delivery.Id,
        Lease = _lease,
        State = state,
        Failure = state == DeliveryState.Failed ? DeliveryFailure.RetriesExhausted : DeliveryFailure.None,
        Attempt = new AttemptRecord
        {
            Number = delivery.Attempts + 1,
            StartedAt = Clock.GetUtcNow(),
            Trigger = delivery.Trigger,
            Error = state == DeliveryState.Succeeded ? WebhookErrorKind.None : WebhookErrorKind.HttpStatus,
            StatusCode = state == DeliveryState.Succeeded ? 204 : 500,
        },
    };
}
