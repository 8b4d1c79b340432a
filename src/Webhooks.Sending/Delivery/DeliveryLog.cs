using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What the dispatcher logs, event ids 300 to 349. An id says itself whether it is an endpoint's or that of an
/// inbox's source. Never a payload, a header's value, or a URL's path and query.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(300, LogLevel.Information, "The dispatcher delivers from the {Store} store")]
    public static partial void DispatcherStarted(this ILogger logger, string store);

    [LoggerMessage(301, LogLevel.Information,
        "The dispatcher has stopped: {CutOff} attempts were cut off and don't count, {Unwritten} outcomes couldn't be "
            + "written, so that those messages will be sent again")]
    public static partial void DispatcherStopped(this ILogger logger, int cutOff, int unwritten);

    [LoggerMessage(302, LogLevel.Error,
        "Message {MessageId} to {EndpointId} was given up (delivery {DeliveryId}) after {Attempts} attempts: "
            + "{Failure}, last error {Error}")]
    public static partial void DeliveryGivenUp(
        this ILogger logger, string messageId, string endpointId, long deliveryId, int attempts,
        DeliveryFailure failure, WebhookErrorKind error);

    [LoggerMessage(303, LogLevel.Error,
        "The store threw on {Operation}, {Failures} times in a row; trying again in {Delay}")]
    public static partial void StoreThrew(
        this ILogger logger, Exception exception, string operation, int failures, TimeSpan delay);

    [LoggerMessage(304, LogLevel.Information, "The store answers again to {Operation}, after {Failures} failures")]
    public static partial void StoreAnswers(this ILogger logger, string operation, int failures);

    [LoggerMessage(305, LogLevel.Information,
        "Delivery {DeliveryId} (message {MessageId}) is no longer this node's: what became of its attempt wasn't "
            + "written, and whoever holds it now goes on")]
    public static partial void OutcomeRefused(this ILogger logger, long deliveryId, string messageId);

    [LoggerMessage(306, LogLevel.Warning,
        "The lease of delivery {DeliveryId} (message {MessageId}) was lost: it ran out or the delivery was cancelled")]
    public static partial void LeaseLost(this ILogger logger, long deliveryId, string messageId);

    [LoggerMessage(307, LogLevel.Error,
        "{EndpointId} can't be used, or message {MessageId} can't be read; the attempt counts as failed")]
    public static partial void EndpointUnreadable(
        this ILogger logger, Exception exception, string endpointId, string messageId);

    [LoggerMessage(308, LogLevel.Error,
        "Attempting message {MessageId} to {EndpointId} threw, which counts as a failed attempt")]
    public static partial void AttemptThrew(
        this ILogger logger, Exception exception, string messageId, string endpointId);

    [LoggerMessage(309, LogLevel.Warning,
        "Message {MessageId} to {EndpointId} still fails {Wait} after its first attempt: those behind it in "
            + "its order go on without it")]
    public static partial void LeftOrder(this ILogger logger, string messageId, string endpointId, TimeSpan wait);

    [LoggerMessage(310, LogLevel.Error, "Reporting on {EndpointId} threw")]
    public static partial void ReportThrew(this ILogger logger, Exception exception, string endpointId);
}
