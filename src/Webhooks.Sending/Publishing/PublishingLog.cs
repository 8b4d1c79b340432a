using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What publishing and the keeping of endpoints log, event ids 370 to 389. Never a payload, a secret, a
/// header's value, or a URL.</summary>
internal static partial class PublishingLog
{
    [LoggerMessage(370, LogLevel.Warning,
        "The {Store} store keeps webhook secrets unprotected: call ProtectSecrets or ProtectSecretsWithDataProtection")]
    public static partial void SecretsAreUnprotected(this ILogger logger, string store);

    [LoggerMessage(371, LogLevel.Debug, "Message {MessageId} ({EventType}) is stored, with {DeliveryCount} deliveries")]
    public static partial void MessageWasPublished(
        this ILogger logger, string messageId, string eventType, int deliveryCount);

    [LoggerMessage(372, LogLevel.Debug, "Message {MessageId} ({EventType}) was published, and no endpoint wants it")]
    public static partial void MessageWasUnwanted(this ILogger logger, string messageId, string eventType);

    [LoggerMessage(373, LogLevel.Debug,
        "Message {MessageId} ({EventType}) was not stored again: it is a duplicate of {FirstMessageId}")]
    public static partial void MessageWasDuplicate(
        this ILogger logger, string messageId, string eventType, string firstMessageId);

    [LoggerMessage(374, LogLevel.Warning,
        "Writing {Count} requests in one transaction failed; each is tried once more alone")]
    public static partial void BatchFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(375, LogLevel.Warning,
        "Endpoints change faster than messages are published: try {Tries} was out of date as well")]
    public static partial void EndpointsKeepChanging(this ILogger logger, int tries);

    [LoggerMessage(376, LogLevel.Warning,
        "Other nodes could not be told of work through the {Store} store; they find it when they next look")]
    public static partial void NotifyFailed(this ILogger logger, Exception exception, string store);

    [LoggerMessage(377, LogLevel.Information, "Endpoint {EndpointId} at {Host} was created")]
    public static partial void EndpointWasCreated(this ILogger logger, string endpointId, string host);

    [LoggerMessage(378, LogLevel.Information, "Endpoint {EndpointId} at {Host} was updated")]
    public static partial void EndpointWasUpdated(this ILogger logger, string endpointId, string host);

    [LoggerMessage(379, LogLevel.Information, "Endpoint {EndpointId} was enabled")]
    public static partial void EndpointWasEnabled(this ILogger logger, string endpointId);

    [LoggerMessage(380, LogLevel.Information, "Endpoint {EndpointId} was disabled: {Reason}")]
    public static partial void EndpointWasDisabled(this ILogger logger, string endpointId, string reason);

    [LoggerMessage(381, LogLevel.Information, "Endpoint {EndpointId} was deleted")]
    public static partial void EndpointWasDeleted(this ILogger logger, string endpointId);

    [LoggerMessage(382, LogLevel.Information,
        "The secret of endpoint {EndpointId} for the scheme {Scheme} was replaced; old ones sign for {Overlap} more")]
    public static partial void SecretWasRotated(
        this ILogger logger, string endpointId, string scheme, TimeSpan overlap);

    [LoggerMessage(383, LogLevel.Warning,
        "{Count} publications wait for an ordering key or an idempotency key that a transaction holds which is still "
            + "open; everything else is stored. Commit transactions soon after publishing in them")]
    public static partial void KeysAreHeld(this ILogger logger, int count);
}
