using Microsoft.Extensions.Logging;

namespace Webhooks;

internal static partial class InboxLog
{
    [LoggerMessage(560, LogLevel.Debug, "Stored a webhook from {Source} in the inbox")]
    public static partial void Stored(ILogger logger, string source);

    [LoggerMessage(561, LogLevel.Debug, "A webhook from {Source} is in the inbox already and was dropped")]
    public static partial void Duplicate(ILogger logger, string source);

    [LoggerMessage(562, LogLevel.Error, "A webhook from {Source} couldn't be stored in the inbox and was turned away "
        + "with 503")]
    public static partial void NotStored(ILogger logger, Exception exception, string source);

    [LoggerMessage(563, LogLevel.Warning, "Attempt {Attempt} to handle {MessageId} from the inbox failed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string messageId, int attempt);
}
