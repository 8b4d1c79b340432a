namespace Webhooks;

/// <summary>Decides, without storing anything, which endpoints a message goes to and when.</summary>
internal sealed class PublishPlanner(WebhookDeliveryOptions options, TimeProvider timeProvider)
{
    /// <exception cref="ArgumentException">The message can't be published.</exception>
    public void Check(WebhookMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Payload.Length > options.MaxPayloadBytes)
        {
            throw new ArgumentException(
                $"The payload of message {message.Id.Value} has {message.Payload.Length} bytes, of which "
                + $"{options.MaxPayloadBytes} are allowed: send less, or raise WebhookDeliveryOptions.MaxPayloadBytes.",
                nameof(message));
        }

        if (message.ExpiresAt <= message.NotBefore)
        {
            throw new ArgumentException(
                $"Message {message.Id.Value} expires before it may be sent: put ExpiresAt after NotBefore.",
                nameof(message));
        }
    }

    public NewMessage Plan(
        WebhookMessage message, MessageRecord record, long? onlyEndpoint, EndpointSnapshot snapshot) => new()
        {
            Message = record,
            Endpoints = onlyEndpoint is { } number ? Only(number, snapshot) : snapshot.Match(message),
            Delay = DelayOf(message),
            IdempotencyWindow = options.IdempotencyWindow,
        };

    private static long[] Only(long number, EndpointSnapshot snapshot)
        => snapshot.TryFind(number, out var entry) && entry.Record.State == EndpointState.Enabled ? [number] : [];

    private TimeSpan DelayOf(WebhookMessage message)
    {
        if (message.NotBefore is not { } notBefore)
            return TimeSpan.Zero;

        var delay = notBefore - timeProvider.GetUtcNow();
        return delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
    }
}
