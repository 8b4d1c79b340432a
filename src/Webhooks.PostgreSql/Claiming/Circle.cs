namespace Webhooks;

/// <summary>What is left to look at of places that are gone round in order: those after <see cref="Start"/> up to
/// <see cref="Upper"/>, then those from the beginning up to <see cref="Wrap"/>.</summary>
internal readonly record struct Circle(long Start, long Upper, long Wrap)
{
    /// <summary>Before all places.</summary>
    public const long Nothing = -1;

    /// <summary>No place is left.</summary>
    public static Circle Done => new(long.MaxValue, long.MaxValue, Nothing);

    public bool IsDone => Start >= Upper && Wrap == Nothing;

    /// <summary>All places, from one on.</summary>
    public static Circle From(long start) => new(start, long.MaxValue, start);

    /// <summary>What is left when the last one looked at is known.</summary>
    public Circle After(long last, bool hasWrapped)
        => hasWrapped ? new Circle(last, Wrap, Nothing) : this with { Start = last };
}
