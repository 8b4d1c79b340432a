using System.Data.Common;

namespace Webhooks.Tests;

/// <summary>A store that hands every call on, for those of which a test changes a few.</summary>
internal abstract class ForwardingStore(WebhookStore inner) : WebhookStore
{
    /// <summary>Where everything is kept.</summary>
    public WebhookStore Inner { get; set; } = inner;

    public override string Name => Inner.Name;

    public override bool IsDurable => Inner.IsDurable;

    public override int PublishConcurrency => Inner.PublishConcurrency;

    public override Task InitializeAsync(CancellationToken cancellationToken) => Inner.InitializeAsync(cancellationToken);

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => Inner.PublishAsync(batch, cancellationToken);

    public override Task<PublishOutcome> PublishAsync(
        PublishBatch batch, DbTransaction transaction, Action committed, CancellationToken cancellationToken)
        => Inner.PublishAsync(batch, transaction, committed, cancellationToken);

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => Inner.ClaimAsync(request, cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => Inner.CompleteAsync(outcomes, cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, DbTransaction transaction, CancellationToken cancellationToken)
        => Inner.CompleteAsync(outcomes, transaction, cancellationToken);

    public override Task RunInTransactionAsync(
        Func<DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
        => Inner.RunInTransactionAsync(work, cancellationToken);

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => Inner.RenewAsync(leases, duration, cancellationToken);

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => Inner.ReleaseAsync(leases, cancellationToken);

    public override Task ListenAsync(Action wake, CancellationToken cancellationToken)
        => Inner.ListenAsync(wake, cancellationToken);

    public override Task NotifyAsync(CancellationToken cancellationToken) => Inner.NotifyAsync(cancellationToken);

    public override Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => Inner.CreateEndpointAsync(endpoint, cancellationToken);

    public override Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => Inner.UpdateEndpointAsync(endpoint, cancellationToken);

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => Inner.ReadEndpointsAsync(revision, cancellationToken);

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
