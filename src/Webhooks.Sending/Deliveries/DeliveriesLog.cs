using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What is logged of what people do with deliveries, event ids 365 to 368.</summary>
internal static partial class DeliveriesLog
{
    [LoggerMessage(365, LogLevel.Information, "{Count} pending deliveries of message {MessageId} were cancelled")]
    public static partial void Cancelled(this ILogger logger, int count, string messageId);

    [LoggerMessage(366, LogLevel.Information, "Message {MessageId} is redelivered to {EndpointId}")]
    public static partial void Redelivered(this ILogger logger, string messageId, string endpointId);

    [LoggerMessage(367, LogLevel.Information,
        "{Count} failed deliveries of {EndpointId} since {Since} are redelivered")]
    public static partial void Recovered(this ILogger logger, long count, string endpointId, DateTimeOffset since);

    [LoggerMessage(368, LogLevel.Information,
        "{Count} messages from {From} until {Until} are replayed to {EndpointId}")]
    public static partial void Replayed(
        this ILogger logger, long count, DateTimeOffset from, DateTimeOffset until, string endpointId);
}
