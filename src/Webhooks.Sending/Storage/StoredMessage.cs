namespace Webhooks;

/// <summary>What became of one message of a batch.</summary>
/// <param name="MessageId">The message's id; that of the first message where this one is a duplicate.</param>
/// <param name="DeliveryCount">How many deliveries the message (where a duplicate: the first one) was stored with.</param>
/// <param name="Duplicate">Whether, and by what, the store already had it, so that nothing was stored.</param>
public readonly record struct StoredMessage(string MessageId, int DeliveryCount, MessageDuplicate Duplicate);
