namespace Webhooks;

/// <summary>Messages that are stored together: all or none.</summary>
/// <param name="Messages">The messages, in their order.</param>
/// <param name="EndpointRevision">The revision of the endpoints that <see cref="NewMessage.Endpoints"/> was chosen
/// from. A store whose endpoints have a later revision stores nothing and says so.</param>
public sealed record PublishBatch(IReadOnlyList<NewMessage> Messages, long EndpointRevision)
{
    /// <summary>By what the publishing node holds the deliveries that <see cref="NewMessage.DirectCount"/> names; null
    /// where it takes none.</summary>
    public DirectLease? Lease { get; init; }

    /// <summary>Whether other nodes should hear, as by <see cref="WebhookStore.NotifyAsync"/>, when the messages are
    /// stored. A store that can tell them with the write itself does, and says so in
    /// <see cref="PublishOutcome.HasNotified"/>.</summary>
    public bool Notifies { get; init; }

    /// <summary>
    /// How long the store may wait where a transaction that is still open, such as an application's own, holds the
    /// ordering key or the idempotency key of one of the messages. Past that it stores nothing and returns
    /// <see cref="PublishOutcome.Blocked"/>. Null where it may wait as long as it likes; a store in which nothing is
    /// ever held so has nothing to do.
    /// </summary>
    public TimeSpan? MaxKeyWait { get; init; }
}
