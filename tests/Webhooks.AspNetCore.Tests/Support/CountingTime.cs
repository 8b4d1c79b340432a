namespace Webhooks;

/// <summary>Another clock, which tells when it is asked for a timestamp, when somebody starts to wait, and when an alarm
/// is set.</summary>
internal sealed class CountingTime(TimeProvider inner) : TimeProvider
{
    private int _alarms;

    /// <summary>Released once for each time that the clock was asked.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    /// <summary>How often a timer that was there was set.</summary>
    public int Alarms => Volatile.Read(ref _alarms);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp()
    {
        Asked.Release();
        return inner.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new CountedTimer(this, inner.CreateTimer(callback, state, dueTime, period));

    private sealed class CountedTimer(CountingTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isSet = timer.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
                Interlocked.Increment(ref time._alarms);
            return isSet;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
