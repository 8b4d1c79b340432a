using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What is logged of retention, event ids 390 to 399.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(390, LogLevel.Information,
        "{Deliveries} deliveries and {Messages} messages that were older than their time were deleted")]
    public static partial void Purged(this ILogger logger, long deliveries, long messages);

    [LoggerMessage(391, LogLevel.Error,
        "What is older than its time could not be deleted from the {Store} store; it is tried again in {Delay}")]
    public static partial void PurgeFailed(this ILogger logger, Exception exception, string store, TimeSpan delay);
}
