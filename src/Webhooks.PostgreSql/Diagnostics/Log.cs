using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What the PostgreSQL store logs, event ids 470 to 489.</summary>
internal static partial class Log
{
    [LoggerMessage(470, LogLevel.Information, "Schema {Schema} was brought from step {From} to step {To}")]
    public static partial void SchemaChanged(this ILogger logger, string schema, int from, int to);

    [LoggerMessage(471, LogLevel.Debug, "PostgreSQL failed on try {Try}; trying again")]
    public static partial void TryingAgain(this ILogger logger, Exception exception, int @try);

    [LoggerMessage(472, LogLevel.Debug, "Listening to notifications on channel {Channel}")]
    public static partial void Listening(this ILogger logger, string channel);

    [LoggerMessage(473, LogLevel.Warning,
        "Listening to notifications on channel {Channel} broke off; connecting again in {Delay}. Until then the "
            + "dispatcher looks for work by itself")]
    public static partial void ListeningBrokeOff(
        this ILogger logger, Exception exception, string channel, TimeSpan delay);

    [LoggerMessage(474, LogLevel.Information,
        "Cancelled {Count} deliveries that were left pending for the deleted endpoint number {Endpoint}")]
    public static partial void LeftoversCancelled(this ILogger logger, int count, long endpoint);

    [LoggerMessage(475, LogLevel.Warning,
        "Deliveries left pending for the deleted endpoint number {Endpoint} couldn't be cancelled now")]
    public static partial void LeftoversNotCancelled(this ILogger logger, Exception exception, long endpoint);

    [LoggerMessage(476, LogLevel.Debug,
        "Listening to notifications on channel {Channel} failed again; connecting again in {Delay}")]
    public static partial void StillNotListening(
        this ILogger logger, Exception exception, string channel, TimeSpan delay);
}
