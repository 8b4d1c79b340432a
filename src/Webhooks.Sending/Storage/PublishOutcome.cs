namespace Webhooks;

/// <summary>What a store did with a <see cref="PublishBatch"/>.</summary>
public sealed record PublishOutcome
{
    /// <summary>The endpoints changed since the batch's revision: nothing was stored. Read them and try again.</summary>
    public static PublishOutcome Stale { get; } = new() { Messages = [] };

    /// <summary>Somebody else's transaction held a key of the batch for longer than
    /// <see cref="PublishBatch.MaxKeyWait"/>: nothing was stored. Try again later, or with fewer messages.</summary>
    public static PublishOutcome Blocked { get; } = new() { Messages = [], IsBlocked = true };

    /// <summary>Whether nothing was stored because the endpoints had changed.</summary>
    public bool IsStale => Messages.Count == 0 && !IsBlocked;

    /// <summary>Whether nothing was stored because an ordering key or an idempotency key was held by somebody
    /// else.</summary>
    public bool IsBlocked { get; private init; }

    /// <summary>What became of each message, in the batch's order.</summary>
    public required IReadOnlyList<StoredMessage> Messages { get; init; }

    /// <summary>Whether other nodes were told, as <see cref="PublishBatch.Notifies"/> asks for.</summary>
    public bool HasNotified { get; init; }

    /// <summary>
    /// The deliveries that are held by <see cref="PublishBatch.Lease"/>, just as if they had been claimed. A store may
    /// hold fewer than it was asked to, or none; whatever isn't here is claimed like any other, at once or, should it
    /// be held all the same, when the lease has run out.
    /// </summary>
    public IReadOnlyList<LeasedDelivery> Leased { get; init; } = [];
}
