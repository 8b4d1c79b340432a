using System.Data.Common;

namespace Webhooks.Tests;

/// <summary>A memory store that a test steps between: it holds calls up, counts them, or has them fail.</summary>
internal sealed class WrappedStore(WebhookStore inner) : WebhookStore
{
    public override string Name => "wrapped";

    /// <summary>Where everything is kept.</summary>
    public WebhookStore Inner { get; set; } = inner;

    public override bool IsDurable => Durable;

    public override int PublishConcurrency => Writers;

    public bool Durable { get; init; }

    public int Writers { get; init; } = 1;

    public List<PublishBatch> Batches { get; } = [];

    public List<long> ReadRevisions { get; } = [];

    public int Notifications => Volatile.Read(ref _notifications);

    /// <summary>Runs before a batch is written; what it throws, the write throws.</summary>
    public Func<PublishBatch, Task> OnPublish { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after a batch was written; what it throws, the write throws although it was done.</summary>
    public Func<PublishBatch, Task> OnPublished { get; set; } = _ => Task.CompletedTask;

    public Func<Task> OnNotify { get; set; } = () => Task.CompletedTask;

    public Func<EndpointRecord, Task> OnUpdate { get; set; } = _ => Task.CompletedTask;

    private int _notifications;

    public override async Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        lock (Batches)
            Batches.Add(batch);
        await OnPublish(batch);
        var outcome = await Inner.PublishAsync(batch, cancellationToken);
        await OnPublished(batch);
        return outcome;
    }

    public override Task<PublishOutcome> PublishAsync(
        PublishBatch batch, DbTransaction transaction, Action committed, CancellationToken cancellationToken)
    {
        Committed = committed;
        return PublishAsync(batch, cancellationToken);
    }

    public Action? Committed { get; private set; }

    public override async Task NotifyAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _notifications);
        await OnNotify();
    }

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
    {
        lock (ReadRevisions)
            ReadRevisions.Add(revision);
        return Inner.ReadEndpointsAsync(revision, cancellationToken);
    }

    public override Task<EndpointRecord?> CreateEndpointAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
        => Inner.CreateEndpointAsync(endpoint, cancellationToken);

    public override async Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        await OnUpdate(endpoint);
        return await Inner.UpdateEndpointAsync(endpoint, cancellationToken);
    }

    public override Task InitializeAsync(CancellationToken cancellationToken) => Inner.InitializeAsync(cancellationToken);

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => Inner.ClaimAsync(request, cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => Inner.CompleteAsync(outcomes, cancellationToken);

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => Inner.RenewAsync(leases, duration, cancellationToken);

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => Inner.ReleaseAsync(leases, cancellationToken);

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => Inner.MarkFailingAsync(endpointNumber, cancellationToken);

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => Inner.MarkHealthyAsync(endpointNumber, cancellationToken);

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken) => Inner.FindMessagesAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => Inner.FindDeliveriesAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken) => Inner.FindAttemptsAsync(deliveryId, cancellationToken);

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
        => Inner.CancelAsync(deliveryIds, cancellationToken);

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => Inner.RedeliverAsync(deliveryIds, trigger, cancellationToken);

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => Inner.ReplayAsync(messageNumbers, endpointNumber, cancellationToken);

    public override Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => Inner.PurgeAsync(limits, cancellationToken);

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => Inner.MeasureAsync(cancellationToken);
}
