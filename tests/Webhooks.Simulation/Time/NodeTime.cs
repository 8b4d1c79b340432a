namespace Webhooks.Simulation;

/// <summary>Time as one process sees it: its wall clock may be wrong, and while it is stopped its timers wait. One that
/// was killed has none any more.</summary>
internal sealed class NodeTime(SimulatedTime time, ProcessLife life) : TimeProvider
{
    /// <summary>How far the process's wall clock is off.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                if (life.IsKilled)
                    timer?.Dispose();
                else
                    life.WhenRunning(() => callback(state));
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }
}
