namespace Webhooks.Simulation;

/// <summary>The world's own time: it stands still unless <see cref="FireNext"/> moves it to the next timer.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Sequence)> _timers = new();
    private long _now;
    private long _sequence;

    public TimeSpan Now => TimeSpan.FromTicks(_now);

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Start + Now + Offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken = default)
        => Task.Delay(delay, this, cancellationToken);

    /// <summary>Moves on to the next timer and calls it; false when there is none.</summary>
    public bool FireNext()
    {
        while (_timers.TryDequeue(out var next, out var order))
        {
            if (next.Timer.Version != next.Version)
                continue;

            _now = Math.Max(_now, order.Due);
            next.Timer.Fire();
            return true;
        }

        return false;
    }

    internal void Schedule(SimulatedTimer timer, TimeSpan dueTime)
        => _timers.Enqueue((timer, timer.Version), (_now + dueTime.Ticks, _sequence++));
}
