namespace Webhooks;

/// <summary>What a publication may take at once, and the room that is kept for it until it is known to be stored.
/// Guarded by the board's lock.</summary>
internal sealed class DirectReservation(long lease, long leaseEndsAt)
{
    public long Lease => lease;

    /// <summary>Until when the lease surely holds, by this process's monotonic clock.</summary>
    public long LeaseEndsAt => leaseEndsAt;

    /// <summary>The lanes that a delivery each is for.</summary>
    public List<Lane> Lanes { get; } = [];

    /// <summary>The bytes of the payloads.</summary>
    public long Bytes { get; set; }
}
