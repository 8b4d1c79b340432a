namespace Webhooks;

/// <summary>What a store may forget, by its own clock.</summary>
public sealed record RetentionLimits
{
    /// <summary>How long succeeded and cancelled deliveries, and messages that no endpoint wanted, are kept.</summary>
    public required TimeSpan Succeeded { get; init; }

    /// <summary>How long failed deliveries are kept.</summary>
    public required TimeSpan Failed { get; init; }

    /// <summary>The most rows of a kind to delete at a time, at least 1.</summary>
    public int BatchSize { get; init; } = 1000;
}
