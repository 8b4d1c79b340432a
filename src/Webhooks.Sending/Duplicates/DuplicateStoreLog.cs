using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What duplicate stores log.</summary>
internal static partial class DuplicateStoreLog
{
    [LoggerMessage(410, LogLevel.Warning, "The memory for {Capacity} handled webhooks is full, so the oldest are "
        + "forgotten before their time and could be handled again. Give it more room with UseMemory(capacity), or "
        + "use SQLite or PostgreSQL")]
    public static partial void DuplicateMemoryFull(this ILogger logger, int capacity);
}
