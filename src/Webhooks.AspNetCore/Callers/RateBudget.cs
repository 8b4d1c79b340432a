namespace Webhooks;

/// <summary>So much may be spent at once, and one more each interval: a token bucket as one number, the time at which it
/// will be full again.</summary>
internal sealed class RateBudget(TimeProvider time, int burst, TimeSpan interval)
{
    private readonly long _step = (long)(interval.TotalSeconds * time.TimestampFrequency);
    private long _full = long.MinValue;

    /// <summary>How long until something may be spent; zero or less if it may be now.</summary>
    public TimeSpan Wait
    {
        get
        {
            var now = time.GetTimestamp();
            var full = Math.Max(Volatile.Read(ref _full), now);
            return time.GetElapsedTime(now, full - ((burst - 1) * _step));
        }
    }

    public bool IsSpent => Wait > TimeSpan.Zero;

    /// <summary>Whether nothing has been spent that hasn't come back.</summary>
    public bool IsFull => Volatile.Read(ref _full) <= time.GetTimestamp();

    /// <summary>Spends one if there is one.</summary>
    /// <param name="wait">How long until there is one.</param>
    public bool TrySpend(out TimeSpan wait)
    {
        var now = time.GetTimestamp();
        while (true)
        {
            var before = Volatile.Read(ref _full);
            var full = Math.Max(before, now);
            wait = time.GetElapsedTime(now, full - ((burst - 1) * _step));
            if (wait > TimeSpan.Zero)
                return false;
            if (Interlocked.CompareExchange(ref _full, full + _step, before) == before)
                return true;
        }
    }

    /// <summary>Spends one, even if there is none: then the debt is one and doesn't grow.</summary>
    public void Spend()
    {
        var now = time.GetTimestamp();
        long before, after;
        do
        {
            before = Volatile.Read(ref _full);
            after = Math.Min(Math.Max(before, now) + _step, now + (burst * _step));
        }
        while (Interlocked.CompareExchange(ref _full, after, before) != before);
    }
}
