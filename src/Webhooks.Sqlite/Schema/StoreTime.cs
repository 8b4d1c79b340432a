namespace Webhooks;

/// <summary>Times as the database has them: 100 ns since 1970, so that they come back as they were.</summary>
internal static class StoreTime
{
    /// <summary>The due time of what is to be sent at once: a clock that is set back doesn't hold it up.</summary>
    public const long AtOnce = 0;

    public const long Never = long.MaxValue;

    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks;

    public static long From(DateTimeOffset time) => time.UtcTicks - Epoch;

    public static long? From(DateTimeOffset? time) => time is { } value ? From(value) : null;

    public static DateTimeOffset To(long time) => new(time + Epoch, TimeSpan.Zero);

    public static DateTimeOffset? To(long? time) => time is { } value ? To(value) : null;

    /// <summary>A later time, at most <see cref="Never"/>.</summary>
    public static long Add(long time, TimeSpan span)
    {
        var sum = unchecked(time + span.Ticks);
        return span.Ticks > 0 && sum < time ? Never : sum;
    }

    /// <summary>An earlier time, however long ago.</summary>
    public static long Subtract(long time, TimeSpan span)
    {
        var difference = unchecked(time - span.Ticks);
        return span.Ticks > 0 && difference > time ? long.MinValue : difference;
    }
}
