namespace Webhooks;

/// <summary>How much work a node takes, and from whom.</summary>
public sealed record ClaimRequest
{
    /// <summary>The most deliveries to lease, at least 1.</summary>
    public required int MaxCount { get; init; }

    /// <summary>The most bytes of payload in all; one delivery is leased even if it has more. A payload counts once
    /// however many of the deliveries share it.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>How long the leases last, by the store's clock.</summary>
    public required TimeSpan LeaseDuration { get; init; }

    /// <summary>What the leases of this claim are known by: random, never used before.</summary>
    public required long Lease { get; init; }

    /// <summary>The most deliveries to lease for an endpoint that <see cref="EndpointLimits"/> doesn't name.</summary>
    public required int DefaultEndpointLimit { get; init; }

    /// <summary>The most deliveries to lease for single endpoints, by number; zero for none.</summary>
    public IReadOnlyDictionary<long, int> EndpointLimits { get; init; } = new Dictionary<long, int>();

    /// <summary>Whether, of an endpoint that has more due than its limit, the odd one that can't be halved goes to its
    /// retries, rather than to its first tries; to be chosen at random.</summary>
    public bool FavorsRetries { get; init; }

    /// <summary>
    /// <see cref="ClaimResult.Cursor"/> of the claim before: looking for work goes on after the endpoints seen then, so
    /// that all have their turn. Zero to begin anywhere.
    /// </summary>
    public long Cursor { get; init; }
}
