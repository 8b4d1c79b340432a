namespace Webhooks;

/// <summary>What shortens the wait that a retry policy wants. Pure.</summary>
internal readonly record struct RetryTiming(TimeSpan Delay, bool LeavesOrder)
{
    /// <summary>
    /// Deliveries behind an ordered one wait for it until a time after its first try: at that time it gets one more
    /// attempt, and if that fails they go on without it. And whatever expires is looked at when it does.
    /// </summary>
    public static RetryTiming Of(
        TimeSpan wanted, LeasedDelivery delivery, DateTimeOffset firstTryAt, TimeSpan maxOrderingWait,
        DateTimeOffset now)
    {
        var delay = wanted;
        var leavesOrder = false;
        if (delivery.IsOrdered)
        {
            // A clock that was set back must not make the others wait longer than it says.
            var waited = now > firstTryAt ? now - firstTryAt : TimeSpan.Zero;
            leavesOrder = waited >= maxOrderingWait;
            if (!leavesOrder)
                delay = Min(delay, maxOrderingWait - waited);
        }

        if (delivery.Message.ExpiresAt is { } expiry)
            delay = Min(delay, expiry > now ? expiry - now : TimeSpan.Zero);
        return new RetryTiming(delay, leavesOrder);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
