namespace Webhooks;

/// <summary>Another clock, which tells when it is asked for a timestamp: when somebody starts to wait.</summary>
internal sealed class CountingTime(TimeProvider inner) : TimeProvider
{
    /// <summary>Released once for each time that the clock was asked.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp()
    {
        Asked.Release();
        return inner.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
