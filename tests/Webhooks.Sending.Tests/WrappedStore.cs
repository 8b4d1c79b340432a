using System.Data.Common;

namespace Webhooks.Tests;

/// <summary>A memory store that a test steps between: it holds calls up, counts them, or has them fail.</summary>
internal sealed class WrappedStore(WebhookStore inner) : ForwardingStore(inner)
{
    public override string Name => "wrapped";

    public override bool IsDurable => Durable;

    public override int PublishConcurrency => Writers;

    public bool Durable { get; init; }

    public int Writers { get; init; } = 1;

    /// <summary>Whether a publication tells the other nodes where it should.</summary>
    public bool TellsOthers { get; set; }

    public List<PublishBatch> Batches { get; } = [];

    public List<long> ReadRevisions { get; } = [];

    public int Notifications => Volatile.Read(ref _notifications);

    /// <summary>Runs before a batch is written; what it throws, the write throws.</summary>
    public Func<PublishBatch, Task> OnPublish { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after a batch was written; what it throws, the write throws although it was done.</summary>
    public Func<PublishBatch, Task> OnPublished { get; set; } = _ => Task.CompletedTask;

    /// <summary>Says of a batch that may be that a key of it is held by somebody else.</summary>
    public Func<PublishBatch, bool> IsBlocked { get; set; } = _ => false;

    public Func<Task> OnNotify { get; set; } = () => Task.CompletedTask;

    public Func<EndpointRecord, Task> OnUpdate { get; set; } = _ => Task.CompletedTask;

    private int _notifications;

    public override async Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        lock (Batches)
            Batches.Add(batch);
        await OnPublish(batch);
        if (batch.MaxKeyWait is not null && IsBlocked(batch))
            return PublishOutcome.Blocked;

        var outcome = await Inner.PublishAsync(batch, cancellationToken);
        await OnPublished(batch);
        return outcome with { HasNotified = TellsOthers && batch.Notifies };
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

    public override async Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        await OnUpdate(endpoint);
        return await Inner.UpdateEndpointAsync(endpoint, cancellationToken);
    }
}
