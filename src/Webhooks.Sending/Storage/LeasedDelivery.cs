namespace Webhooks;

/// <summary>A delivery that a node holds for a time.</summary>
public sealed record LeasedDelivery
{
    /// <summary>The delivery's number.</summary>
    public required long Id { get; init; }

    /// <summary>The endpoint's number.</summary>
    public required long EndpointNumber { get; init; }

    /// <summary>What to send, payload included. Deliveries of one claim may share the object.</summary>
    public required MessageRecord Message { get; init; }

    /// <summary>How many attempts there were in all.</summary>
    public int Attempts { get; init; }

    /// <summary>How many of them count for the retry policy: those since the last redelivery.</summary>
    public int Tries { get; init; }

    /// <summary>When the first of <see cref="Tries"/> began, by the clock of the node that made it; null before
    /// it.</summary>
    public DateTimeOffset? FirstTryAt { get; init; }

    /// <summary>Who asked for the attempt that is due: whoever redelivered it, until it was tried; the schedule
    /// otherwise.</summary>
    public AttemptTrigger Trigger { get; init; }

    /// <summary>Whether the deliveries behind it, of the same endpoint and ordering key, wait for it.</summary>
    public bool IsOrdered { get; init; }
}
