using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What is logged of endpoints' health, event ids 350 to 364. Never a payload, a header's value, or a URL's
/// path and query.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(350, LogLevel.Warning, "Endpoint {EndpointId} is left alone for a while. {Reason}")]
    public static partial void CircuitOpened(this ILogger logger, string endpointId, string? reason);

    [LoggerMessage(351, LogLevel.Information, "Endpoint {EndpointId} is sent to again")]
    public static partial void CircuitClosed(this ILogger logger, string endpointId);

    [LoggerMessage(352, LogLevel.Warning,
        "Endpoint {EndpointId} has been failing for {Duration} with nothing succeeded. {Reason}")]
    public static partial void EndpointFailing(
        this ILogger logger, string endpointId, TimeSpan duration, string? reason);

    [LoggerMessage(353, LogLevel.Information, "Endpoint {EndpointId} works again")]
    public static partial void EndpointRecovered(this ILogger logger, string endpointId);

    [LoggerMessage(354, LogLevel.Warning, "Endpoint {EndpointId} was disabled. {Reason}")]
    public static partial void EndpointDisabled(this ILogger logger, string endpointId, string reason);

    [LoggerMessage(355, LogLevel.Error,
        "How endpoint {EndpointId} fares could not be written to the {Store} store; it is tried again in {Delay}")]
    public static partial void HealthNotWritten(
        this ILogger logger, Exception exception, string endpointId, string store, TimeSpan delay);

    [LoggerMessage(356, LogLevel.Error, "The observer {Observer} threw when told {Change} of endpoint {EndpointId}")]
    public static partial void ObserverThrew(
        this ILogger logger, Exception exception, string observer, EndpointChangeKind change, string endpointId);

    [LoggerMessage(357, LogLevel.Error,
        "The observer {Observer} has not returned within {Timeout} when told {Change} of endpoint {EndpointId}, and "
            + "hears of nothing until it has")]
    public static partial void ObserverHangs(
        this ILogger logger, string observer, TimeSpan timeout, EndpointChangeKind change, string endpointId);

    [LoggerMessage(358, LogLevel.Warning,
        "The observer {Observer} was not told {Change} of endpoint {EndpointId}: it is behind with earlier changes")]
    public static partial void ObserverSkipped(
        this ILogger logger, string observer, EndpointChangeKind change, string endpointId);

    [LoggerMessage(359, LogLevel.Error, "The endpoint observers could not be made; none is told anything")]
    public static partial void ObserversUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(360, LogLevel.Error, "Other nodes' writes kept endpoint {EndpointId} from being disabled. {Reason}")]
    public static partial void DisablingLost(this ILogger logger, string endpointId, string reason);

    [LoggerMessage(361, LogLevel.Warning, "The endpoints could not be read again after {EndpointId} was disabled")]
    public static partial void RefreshFailed(this ILogger logger, Exception exception, string endpointId);

    [LoggerMessage(362, LogLevel.Warning, "The {Store} store could not say how much work it holds")]
    public static partial void MeasuringFailed(this ILogger logger, Exception exception, string store);
}
