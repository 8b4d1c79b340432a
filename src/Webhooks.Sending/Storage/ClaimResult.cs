namespace Webhooks;

/// <summary>What a claim took.</summary>
public sealed record ClaimResult
{
    /// <summary>The deliveries leased: of one endpoint, first attempts before retries, each by due time.</summary>
    public required IReadOnlyList<LeasedDelivery> Deliveries { get; init; }

    /// <summary>Where the next claim goes on.</summary>
    public long Cursor { get; init; }

    /// <summary>Whether there may be more to claim at once: endpoints not looked at yet, or limits reached.</summary>
    public bool HasMore { get; init; }

    /// <summary>How long until the next delivery that waits becomes due, where the store knows; null otherwise.</summary>
    public TimeSpan? NextDue { get; init; }

    /// <summary>The endpoints' revision, so that a node sees when it has to read them again.</summary>
    public required long EndpointRevision { get; init; }
}
