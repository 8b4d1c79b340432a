namespace Webhooks;

/// <summary>What became of a published message.</summary>
/// <param name="MessageId">The message's id; that of the first message where this one was a duplicate.</param>
/// <param name="DeliveryCount">How many endpoints the message (where a duplicate: the first one) goes to; zero when no
/// endpoint wanted it.</param>
/// <param name="IsDuplicate">Whether a message of this id, or of this idempotency key within its window, was stored
/// before, so that this one wasn't.</param>
public readonly record struct PublishResult(MessageId MessageId, int DeliveryCount, bool IsDuplicate);
