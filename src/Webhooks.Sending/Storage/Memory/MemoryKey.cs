namespace Webhooks;

/// <summary>What an idempotency key finds, until when.</summary>
internal sealed record MemoryKey(string MessageId, int DeliveryCount, DateTimeOffset EndsAt);
