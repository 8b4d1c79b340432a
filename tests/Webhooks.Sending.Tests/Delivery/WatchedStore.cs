using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Webhooks.Tests.Delivery;

/// <summary>A store that counts the dispatcher's calls, and lets a test hold them up or have them throw.</summary>
internal sealed class WatchedStore(WebhookStore inner) : WebhookStore
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentQueue<ClaimRequest> _claims = new();

    public override string Name => inner.Name;

    public override bool IsDurable => inner.IsDurable;

    public WebhookStore Inner => inner;

    /// <summary>Runs before a call reaches the store: the method's name, and which call of it this is, from 1.</summary>
    public Func<string, int, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after the store did its work, before its caller hears of it.</summary>
    public Func<string, int, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Action, CancellationToken, Task>? Listen { get; set; }

    /// <summary>Called with each batch of outcomes; what it throws, the call throws.</summary>
    public Action<IReadOnlyList<DeliveryOutcome>>? Completing { get; set; }

    public IReadOnlyList<ClaimRequest> Claims => [.. _claims];

    public int this[string method] => _calls.GetValueOrDefault(method);

    public override Task InitializeAsync(CancellationToken cancellationToken)
        => inner.InitializeAsync(cancellationToken);

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => inner.PublishAsync(batch, cancellationToken);

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _claims.Enqueue(request);
        return CallAsync(() => inner.ClaimAsync(request, cancellationToken));
    }

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => CallAsync(() =>
        {
            Completing?.Invoke(outcomes);
            return inner.CompleteAsync(outcomes, cancellationToken);
        });

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => CallAsync(() => inner.RenewAsync(leases, duration, cancellationToken));

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            await inner.ReleaseAsync(leases, cancellationToken);
            return true;
        });

    public override Task ListenAsync(Action wake, CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            await (Listen ?? inner.ListenAsync)(wake, cancellationToken);
            return true;
        });

    public override Task NotifyAsync(CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            await inner.NotifyAsync(cancellationToken);
            return true;
        });

    public override Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => inner.CreateEndpointAsync(endpoint, cancellationToken);

    public override Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => inner.UpdateEndpointAsync(endpoint, cancellationToken);

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => CallAsync(() => inner.ReadEndpointsAsync(revision, cancellationToken));

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => inner.MarkFailingAsync(endpointNumber, cancellationToken);

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => inner.MarkHealthyAsync(endpointNumber, cancellationToken);

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken)
        => inner.FindMessagesAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => inner.FindDeliveriesAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => inner.FindAttemptsAsync(deliveryId, cancellationToken);

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

    private async Task<T> CallAsync<T>(Func<Task<T>> work, [CallerMemberName] string method = "")
    {
        var number = _calls.AddOrUpdate(method, 1, static (_, count) => count + 1);
        await Before(method, number);
        var result = await work();
        await After(method, number);
        return result;
    }
}
