namespace Webhooks;

/// <summary>A delivery that this node holds, from its claim until its outcome is written or it is given back. What can
/// change is guarded by the board's lock.</summary>
internal sealed class HeldDelivery(LeasedDelivery delivery, HeldMessage message, Lane lane)
{
    public long Id => Delivery.Id;

    /// <summary>As the store knows it. Claimed again while being attempted, it is what the store knows now.</summary>
    public LeasedDelivery Delivery { get; set; } = delivery;

    public HeldMessage Message => message;

    public Lane Lane => lane;

    public HeldState State { get; set; }

    public long Lease { get; set; }

    /// <summary>Until when the lease surely holds, by this process's monotonic clock.</summary>
    public long LeaseEndsAt { get; set; }

    /// <summary>Whether the store has refused the lease: somebody else may hold the delivery.</summary>
    public bool IsLost { get; set; }

    /// <summary>The endpoint as it was when the attempt began.</summary>
    public EndpointEntry? Entry { get; set; }

    /// <summary>What to write, once it is done.</summary>
    public DeliveryOutcome? Outcome { get; set; }

    /// <summary>
    /// The outcome that the handler has given to a transaction of the application's. Its row may be locked until that
    /// ends, so its lease is no longer renewed; and should the transaction have committed, what is written of the
    /// attempt afterwards is refused, as it should be.
    /// </summary>
    public DeliveryOutcome? Marked { get; set; }

    public LeaseKey Key => new(Id, Lease);
}
