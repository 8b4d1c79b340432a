namespace Webhooks;

/// <summary>Moments of the monotonic clock: it runs while the process is paused, and nobody can set it.</summary>
internal readonly struct DispatchClock(TimeProvider timeProvider)
{
    private const double MostSeconds = 100 * 24 * 3600.0;

    public long Now => timeProvider.GetTimestamp();

    /// <summary>The time of day, which may jump; only for what is written as a time of day.</summary>
    public DateTimeOffset Time => timeProvider.GetUtcNow();

    /// <summary>The moment a time after another; 100 days are as good as any longer time.</summary>
    public long After(long moment, TimeSpan time)
        => moment + (long)Math.Round(Math.Min(time.TotalSeconds, MostSeconds) * timeProvider.TimestampFrequency);

    public TimeSpan Between(long from, long to) => timeProvider.GetElapsedTime(from, to);
}
