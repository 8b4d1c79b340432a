namespace Webhooks;

/// <summary>Turns messages into what a store keeps of them, and back.</summary>
internal static class MessageRecords
{
    public static MessageRecord ToRecord(WebhookMessage message) => new()
    {
        Id = message.Id.Value,
        Tenant = message.Tenant,
        EventType = message.EventType.Value,
        Timestamp = message.Timestamp,
        ExpiresAt = message.ExpiresAt,
        ContentType = message.ContentType,
        Payload = message.Payload,
        Headers = MessageHeaders.Write(message.HeaderItems),
        OrderingKey = message.OrderingKey,
        IdempotencyKey = message.IdempotencyKey,
    };

    /// <summary>The message as it was published. Its payload isn't copied, and nothing is checked again.</summary>
    /// <exception cref="InvalidOperationException">The stored headers can't be read.</exception>
    public static WebhookMessage ToMessage(MessageRecord record) => WebhookMessage.OfRecord(record);
}
