namespace Webhooks;

/// <summary>A delivery and the lease it is held by.</summary>
/// <param name="DeliveryId">The delivery's number.</param>
/// <param name="Lease">The lease.</param>
public readonly record struct LeaseKey(long DeliveryId, long Lease);
