namespace Webhooks;

/// <summary>Another clock, which tells when a timer is set.</summary>
internal sealed class CountingTime(TimeProvider inner) : TimeProvider
{
    /// <summary>Released once for each timer that is set to go off.</summary>
    public SemaphoreSlim Started { get; } = new(0);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new CountingTimer(inner.CreateTimer(callback, state, dueTime, period), Started);

    private sealed class CountingTimer(ITimer inner, SemaphoreSlim started) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
                started.Release();
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
