using System.Collections.Concurrent;

namespace Webhooks.Tests;

/// <summary>A memory store that notes what it is asked for, and can be made to fail or hang.</summary>
internal sealed class ScriptedStore(TimeProvider timeProvider) : WebhookStore
{
    private readonly MemoryStore _memory = new(timeProvider);
    private readonly ConcurrentQueue<string> _calls = new();

    public override string Name => "scripted";

    public override bool IsDurable => false;

    /// <summary>Runs before each call, which it is told the name of; what it throws the call throws.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<string> Calls => [.. _calls];

    public int Count(string call) => _calls.Count(made => made == call);

    public override Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => RunAsync("Publish", () => _memory.PublishAsync(batch, cancellationToken));

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => RunAsync("Claim", () => _memory.ClaimAsync(request, cancellationToken));

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => RunAsync("Complete", () => _memory.CompleteAsync(outcomes, cancellationToken));

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => RunAsync("Renew", () => _memory.RenewAsync(leases, duration, cancellationToken));

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => RunAsync("Release", async () =>
        {
            await _memory.ReleaseAsync(leases, cancellationToken);
            return true;
        });

    public override Task NotifyAsync(CancellationToken cancellationToken)
        => RunAsync("Notify", () => Task.FromResult(true));

    public override Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => RunAsync("CreateEndpoint", () => _memory.CreateEndpointAsync(endpoint, cancellationToken));

    public override Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => RunAsync("UpdateEndpoint", () => _memory.UpdateEndpointAsync(endpoint, cancellationToken));

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => RunAsync("ReadEndpoints", () => _memory.ReadEndpointsAsync(revision, cancellationToken));

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => RunAsync($"MarkFailing {endpointNumber}", () => _memory.MarkFailingAsync(endpointNumber, cancellationToken));

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => RunAsync($"MarkHealthy {endpointNumber}", async () =>
        {
            await _memory.MarkHealthyAsync(endpointNumber, cancellationToken);
            return true;
        });

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken)
        => RunAsync("FindMessages", () => _memory.FindMessagesAsync(filter, cancellationToken));

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => RunAsync("FindDeliveries", () => _memory.FindDeliveriesAsync(filter, cancellationToken));

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => RunAsync("FindAttempts", () => _memory.FindAttemptsAsync(deliveryId, cancellationToken));

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
        => RunAsync("Cancel", () => _memory.CancelAsync(deliveryIds, cancellationToken));

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => RunAsync("Redeliver", () => _memory.RedeliverAsync(deliveryIds, trigger, cancellationToken));

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => RunAsync("Replay", () => _memory.ReplayAsync(messageNumbers, endpointNumber, cancellationToken));

    public override Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => RunAsync("Purge", () => _memory.PurgeAsync(limits, cancellationToken));

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => RunAsync("Measure", () => _memory.MeasureAsync(cancellationToken));

    private async Task<T> RunAsync<T>(string call, Func<Task<T>> run)
    {
        _calls.Enqueue(call);
        await Before(call);
        return await run();
    }
}
