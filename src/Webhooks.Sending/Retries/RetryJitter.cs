namespace Webhooks;

/// <summary>
/// How waits are spread, so that many messages that failed together don't come back together.
/// <c>default</c> is <see cref="None"/>.
/// </summary>
public readonly record struct RetryJitter
{
    // A wait becomes: delay × (_lowest + r × _width), r from 0 to 1. Kept as offsets from 1 and 0, so that default is
    // "none".
    private readonly double _lowestBelowOne;
    private readonly double _width;

    private RetryJitter(double lowestBelowOne, double width)
    {
        _lowestBelowOne = lowestBelowOne;
        _width = width;
    }

    /// <summary>The wait as it stands.</summary>
    public static RetryJitter None => default;

    /// <summary>Anything from zero to the wait.</summary>
    public static RetryJitter Full => new(1, 1);

    /// <summary>Anything from half the wait to the wait.</summary>
    public static RetryJitter Equal => new(0.5, 0.5);

    /// <summary>The wait, shifted by up to this share either way.</summary>
    /// <param name="percent">The share in percent, 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is out of its range.</exception>
    public static RetryJitter Percent(double percent)
    {
        if (!(percent is >= 0 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Jitter is 0 to 100 percent.");

        return new(percent / 100, percent / 50);
    }

    internal static RetryJitter Read(JitterSettings? stored) => stored switch
    {
        null => None,
        { Below: >= 0 and <= 1, Width: >= 0 and <= 2 } => new(stored.Below, stored.Width),
        _ => throw new ArgumentOutOfRangeException(nameof(stored), "The jitter is out of its range."),
    };

    internal JitterSettings? Describe() => this == None ? null : new() { Below = _lowestBelowOne, Width = _width };

    /// <summary>Spreads one wait.</summary>
    /// <param name="delay">The wait, at least zero.</param>
    /// <param name="random">Where the randomness comes from.</param>
    /// <returns>The wait to use, never negative and never more than <see cref="TimeSpan.MaxValue"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public TimeSpan Apply(TimeSpan delay, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (_width == 0)
            return delay;

        // Jitter needs to be spread, not unguessable.
#pragma warning disable CA5394
        var ticks = delay.Ticks * (1 - _lowestBelowOne + (random.NextDouble() * _width));
#pragma warning restore CA5394
        return ticks >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)Math.Max(ticks, 0));
    }
}
