namespace Webhooks;

/// <summary>Whether a store already had a message.</summary>
public enum MessageDuplicate
{
    /// <summary>It is new.</summary>
    None = 0,

    /// <summary>A message with the same id and tenant is stored.</summary>
    SameId = 1,

    /// <summary>A message with the same idempotency key and tenant was stored within its window.</summary>
    SameIdempotencyKey = 2,

    /// <summary>A message with the same id is stored under another tenant.</summary>
    IdTaken = 3,
}
