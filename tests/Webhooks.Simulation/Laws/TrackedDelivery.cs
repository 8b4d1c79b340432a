namespace Webhooks.Simulation;

/// <summary>A delivery as it should be, by what was committed to the store and what receivers saw.</summary>
internal sealed class TrackedDelivery(int sequence, TrackedMessage message, long endpointNumber)
{
    /// <summary>Its place in the order of publication.</summary>
    public int Sequence => sequence;

    public TrackedMessage Message => message;

    public long EndpointNumber => endpointNumber;

    public DeliveryState State { get; set; }

    /// <summary>Whether those behind it, of the same ordering key, wait for it.</summary>
    public bool HoldsUp { get; set; }

    /// <summary>Whether somebody asked for it again.</summary>
    public bool IsRedelivered { get; set; }

    public Node? Holder { get; set; }

    public long Lease { get; set; }

    public TimeSpan LeasedUntil { get; set; }

    /// <summary>The processes with an attempt under way.</summary>
    public List<Node> Attempting { get; } = [];

    /// <summary>The processes that held it when somebody took it from them by hand, and that may not know.</summary>
    public List<Node> Revoked { get; } = [];

    public int Attempts { get; set; }

    /// <summary>How often the receiver accepted it.</summary>
    public int Accepted { get; set; }

    public TimeSpan? AcceptedAt { get; set; }

    public bool IsPending => State == DeliveryState.Pending;

    public bool IsHeldAt(TimeSpan now) => Holder is not null && LeasedUntil > now;

    public void Revoke()
    {
        if (Holder is not null)
            Revoked.Add(Holder);
        EndLease();
    }

    public void EndLease()
    {
        Holder = null;
        Lease = 0;
    }

    public override string ToString() => $"delivery {sequence} of message {message.Record.Id} to endpoint {endpointNumber}";
}
