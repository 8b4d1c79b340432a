using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What storing logs, event ids 400 to 449; stores have ids of their own after these.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(400, LogLevel.Warning,
        "Webhooks are kept by the {Store} store, which isn't durable: what it holds is lost when the process "
            + "ends. Use SQLite or PostgreSQL to keep them")]
    public static partial void StoreIsNotDurable(this ILogger logger, string store);

    [LoggerMessage(401, LogLevel.Warning,
        "The {Store} store can't be made ready yet (try {Attempt}); trying again in {Delay}")]
    public static partial void StoreIsNotReady(
        this ILogger logger, Exception exception, string store, int attempt, TimeSpan delay);

    [LoggerMessage(402, LogLevel.Information,
        "Nothing is stored durably: webhooks that are published would be kept by the {Store} store, and lost when the "
            + "process ends. Those sent by IWebhookSender aren't stored at all")]
    public static partial void StoreWouldNotBeDurable(this ILogger logger, string store);
}
