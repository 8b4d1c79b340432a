namespace Webhooks;

/// <summary>What the next claim may bring.</summary>
internal sealed record ClaimPlan
{
    public required int MaxCount { get; init; }

    public required long MaxBytes { get; init; }

    /// <summary>The most for a lane that isn't named.</summary>
    public required int UsualLimit { get; init; }

    public required Dictionary<long, int> Limits { get; init; }

    public int LimitOf(Lane lane) => Limits.GetValueOrDefault(lane.Number, UsualLimit);
}
