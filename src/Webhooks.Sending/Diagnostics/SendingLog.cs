using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What sending logs, event ids 200 to 299. Never a payload, a header's value, or a URL's path and
/// query.</summary>
internal static partial class SendingLog
{
    [LoggerMessage(200, LogLevel.Debug,
        "Message {MessageId} ({EventType}) was accepted by endpoint {EndpointId} at {Host}: attempt {Attempt}, "
            + "status {StatusCode}, {ElapsedMilliseconds} ms")]
    public static partial void AttemptSucceeded(
        this ILogger logger, string messageId, string eventType, string endpointId, string host, int attempt,
        int? statusCode, long elapsedMilliseconds);

    [LoggerMessage(201, LogLevel.Warning,
        "Message {MessageId} ({EventType}) was not accepted by endpoint {EndpointId} at {Host}: attempt {Attempt}, "
            + "{Error}, status {StatusCode}, {ElapsedMilliseconds} ms. {Detail}")]
    public static partial void AttemptFailed(
        this ILogger logger, string messageId, string eventType, string endpointId, string host, int attempt,
        WebhookErrorKind error, int? statusCode, long elapsedMilliseconds, string? detail);

    [LoggerMessage(202, LogLevel.Information,
        "Message {MessageId} to {EndpointId} will be tried again in {Delay} (attempt {NextAttempt})")]
    public static partial void RetryScheduled(
        this ILogger logger, string messageId, string endpointId, TimeSpan delay, int nextAttempt);

    [LoggerMessage(203, LogLevel.Error,
        "Message {MessageId} to endpoint {EndpointId} was given up after {Attempts} attempts: {Status}, last error "
            + "{Error}")]
    public static partial void GivenUp(
        this ILogger logger, string messageId, string endpointId, int attempts, WebhookSendStatus status,
        WebhookErrorKind error);

    [LoggerMessage(204, LogLevel.Warning,
        "Endpoint {EndpointId} at {Host} asks for no more messages: disable it and tell its owner")]
    public static partial void EndpointShouldBeDisabled(this ILogger logger, string endpointId, string host);

    [LoggerMessage(205, LogLevel.Error,
        "The retry policy {Policy} threw for message {MessageId} to {EndpointId}, which ends its attempts")]
    public static partial void RetryPolicyThrew(
        this ILogger logger, Exception exception, string policy, string messageId, string endpointId);

    [LoggerMessage(206, LogLevel.Error, "The signer threw for message {MessageId} to endpoint {EndpointId}")]
    public static partial void SigningThrew(
        this ILogger logger, Exception exception, string messageId, string endpointId);

    [LoggerMessage(207, LogLevel.Error,
        "The authorization {Authorization} threw for message {MessageId} to endpoint {EndpointId}")]
    public static partial void AuthorizationThrew(
        this ILogger logger, Exception exception, string authorization, string messageId, string endpointId);

    [LoggerMessage(208, LogLevel.Information,
        "Endpoint {EndpointId} answered 401 to message {MessageId}; trying once more with renewed credentials")]
    public static partial void CredentialsRenewed(this ILogger logger, string endpointId, string messageId);

    [LoggerMessage(209, LogLevel.Information,
        "Sending message {MessageId} to endpoint {EndpointId} was cancelled by the caller in attempt {Attempt}, or "
            + "before it")]
    public static partial void Cancelled(this ILogger logger, string messageId, string endpointId, int attempt);

    [LoggerMessage(210, LogLevel.Debug,
        "Endpoint {EndpointId} closed a kept connection as message {MessageId} went out on it; sending once more")]
    public static partial void SentAgain(this ILogger logger, string messageId, string endpointId);
}
