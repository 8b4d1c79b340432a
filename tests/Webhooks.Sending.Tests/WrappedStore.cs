using System.Data.Common;

namespace Webhooks.Tests;

/// <summary>A memory store that a test steps between: it holds calls up, counts them, or has them fail.</summary>
internal sealed class WrappedStore(WebhookStore inner) : WebhookStore
{
    public override string Name => "wrapped";

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
        var outcome = await inner.PublishAsync(batch, cancellationToken);
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
        return inner.ReadEndpointsAsync(revision, cancellationToken);
    }

    public override Task<EndpointRecord?> CreateEndpointAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
        => inner.CreateEndpointAsync(endpoint, cancellationToken);

    public override async Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        await OnUpdate(endpoint);
        return await inner.UpdateEndpointAsync(endpoint, cancellationToken);
    }

    public override Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => inner.ClaimAsync(request, cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => inner.CompleteAsync(outcomes, cancellationToken);

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => inner.RenewAsync(leases, duration, cancellationToken);

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => inner.ReleaseAsync(leases, cancellationToken);

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => inner.MarkFailingAsync(endpointNumber, cancellationToken);

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => inner.MarkHealthyAsync(endpointNumber, cancellationToken);

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken) => inner.FindMessagesAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => inner.FindDeliveriesAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken) => inner.FindAttemptsAsync(deliveryId, cancellationToken);

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
        => inner.CancelAsync(deliveryIds, cancellationToken);

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => inner.RedeliverAsync(deliveryIds, trigger, cancellationToken);

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => inner.ReplayAsync(messageNumbers, endpointNumber, cancellationToken);

    public override Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => inner.PurgeAsync(limits, cancellationToken);

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => inner.MeasureAsync(cancellationToken);
}
