namespace Webhooks;

/// <summary>A lease that begins with the publication, so that no claim is needed.</summary>
/// <param name="Lease">What it is known by: random, never used before.</param>
/// <param name="Duration">How long it lasts, by the store's clock.</param>
public sealed record DirectLease(long Lease, TimeSpan Duration);
