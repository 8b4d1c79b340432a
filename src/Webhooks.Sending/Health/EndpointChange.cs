namespace Webhooks;

/// <summary>Something that happened to a stored endpoint.</summary>
public sealed record EndpointChange
{
    /// <summary>What happened.</summary>
    public required EndpointChangeKind Kind { get; init; }

    /// <summary>The endpoint's id.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Whose endpoint it is; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Why, for people to read, without anything that the receiver wrote; null where there is no more to
    /// say.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when the endpoint fails, or failed, with nothing succeeded; null where that plays no
    /// part.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it happened, by the clock of the node that tells it.</summary>
    public required DateTimeOffset At { get; init; }
}
