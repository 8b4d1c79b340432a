namespace Webhooks;

/// <summary>
/// The memory store's clock: dates for what people read, and the time that has passed for what is due and leased, so
/// that a wall clock that is moved neither delays deliveries nor ends leases.
/// </summary>
internal sealed class MemoryClock(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Since the store was made; always above zero, which stands for "at once".</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_start) + TimeSpan.FromTicks(1);

    /// <summary>When something is due that has to wait; <see cref="TimeSpan.Zero"/> if it doesn't.</summary>
    public TimeSpan Due(TimeSpan delay) => delay > TimeSpan.Zero ? After(delay) : TimeSpan.Zero;

    public TimeSpan After(TimeSpan delay)
    {
        var elapsed = Elapsed;
        return delay < TimeSpan.MaxValue - elapsed ? elapsed + delay : TimeSpan.MaxValue;
    }

    /// <summary>The date before which something is older than an age.</summary>
    public DateTimeOffset Before(TimeSpan age)
    {
        var now = Now;
        return age < now - DateTimeOffset.MinValue ? now - age : DateTimeOffset.MinValue;
    }

    /// <summary>The date of a later moment, the last one there is if it is too far.</summary>
    public DateTimeOffset DateAfter(TimeSpan delay)
    {
        var now = Now;
        return delay < DateTimeOffset.MaxValue - now ? now + delay : DateTimeOffset.MaxValue;
    }
}
