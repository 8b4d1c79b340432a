using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Webhooks.Tests.Delivery;

/// <summary>A store that counts the dispatcher's calls, and lets a test hold them up or have them throw.</summary>
internal sealed class WatchedStore(WebhookStore inner) : ForwardingStore(inner)
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentQueue<ClaimRequest> _claims = new();
    private int _underWay;
    private int _brought;

    /// <summary>Runs before a call reaches the store: the method's name, and which call of it this is, from 1.</summary>
    public Func<string, int, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after the store did its work, before its caller hears of it.</summary>
    public Func<string, int, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Action, CancellationToken, Task>? Listen { get; set; }

    /// <summary>Called with each batch of outcomes; what it throws, the call throws.</summary>
    public Action<IReadOnlyList<DeliveryOutcome>>? Completing { get; set; }

    public IReadOnlyList<ClaimRequest> Claims => [.. _claims];

    public int this[string method] => _calls.GetValueOrDefault(method);

    /// <summary>How many calls haven't been answered, but for the one that listens.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many deliveries claims have brought.</summary>
    public int Brought => Volatile.Read(ref _brought);

    /// <summary>How many deliveries were leased with their publication.</summary>
    public int Leased { get; private set; }

    /// <summary>Whether it leaves everything to claims, as a store may.</summary>
    public bool HoldsNothing { get; set; }

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            var outcome = await Inner.PublishAsync(HoldsNothing ? batch with { Lease = null } : batch, cancellationToken);
            Leased += outcome.Leased.Count;
            return outcome;
        });

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _claims.Enqueue(request);
        return CallAsync(async () =>
        {
            var result = await Inner.ClaimAsync(request, cancellationToken);
            Interlocked.Add(ref _brought, result.Deliveries.Count);
            return result;
        });
    }

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => CallAsync(() =>
        {
            Completing?.Invoke(outcomes);
            return Inner.CompleteAsync(outcomes, cancellationToken);
        });

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => CallAsync(() => Inner.RenewAsync(leases, duration, cancellationToken));

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            await Inner.ReleaseAsync(leases, cancellationToken);
            return true;
        });

    public override Task ListenAsync(Action wake, CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            await (Listen ?? Inner.ListenAsync)(wake, cancellationToken);
            return true;
        });

    public override Task NotifyAsync(CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            await Inner.NotifyAsync(cancellationToken);
            return true;
        });

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => CallAsync(() => Inner.ReadEndpointsAsync(revision, cancellationToken));

    private async Task<T> CallAsync<T>(Func<Task<T>> work, [CallerMemberName] string method = "")
    {
        var number = _calls.AddOrUpdate(method, 1, static (_, count) => count + 1);
        var counts = method == nameof(ListenAsync) ? 0 : 1;
        Interlocked.Add(ref _underWay, counts);
        try
        {
            await Before(method, number);
            var result = await work();
            await After(method, number);
            return result;
        }
        finally
        {
            Interlocked.Add(ref _underWay, -counts);
        }
    }
}
