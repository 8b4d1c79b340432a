using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>A store in memory that others share, as it says, that can fail, and that tells what it was asked.</summary>
internal sealed class WatchedDuplicates(WebhookDuplicateStore inner) : WebhookDuplicateStore
{
    public override string Name => "watched";

    public override bool IsShared => true;

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Released once for each renewal.</summary>
    public SemaphoreSlim Renewed { get; } = new(0);

    /// <summary>The calls that throw.</summary>
    public HashSet<string> Failing { get; } = [];

    /// <summary>Whether claims wait until they are given up.</summary>
    public bool Hangs { get; set; }

    public override async ValueTask<DuplicateClaim> ClaimAsync(
        string key, TimeSpan hold, CancellationToken cancellationToken)
    {
        Note("claim");
        if (Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return await inner.ClaimAsync(key, hold, cancellationToken);
    }

    public override ValueTask<bool> RenewAsync(
        string key, long token, TimeSpan hold, CancellationToken cancellationToken)
    {
        Renewed.Release();
        Note("renew");
        return inner.RenewAsync(key, token, hold, cancellationToken);
    }

    public override ValueTask<bool> CompleteAsync(
        string key, long token, TimeSpan keep, CancellationToken cancellationToken)
    {
        Note("complete");
        return inner.CompleteAsync(key, token, keep, cancellationToken);
    }

    public override ValueTask ReleaseAsync(string key, long token, CancellationToken cancellationToken)
    {
        Note("release");
        return inner.ReleaseAsync(key, token, cancellationToken);
    }

    private void Note(string call)
    {
        Calls.Enqueue(call);
        if (Failing.Contains(call))
            throw new InvalidOperationException("The store is away.");
    }
}
