using Microsoft.Extensions.Logging;

namespace Webhooks;

internal static partial class HandlersLog
{
    [LoggerMessage(550, LogLevel.Debug, "Handled a webhook from {Source} with the handlers of {Pattern}")]
    public static partial void Handled(ILogger logger, string source, string pattern);

    [LoggerMessage(551, LogLevel.Debug, "No handler wants a webhook from {Source}, so it was acknowledged and dropped")]
    public static partial void Ignored(ILogger logger, string source);

    [LoggerMessage(552, LogLevel.Warning, "A webhook from {Source} was rejected: {Reason}")]
    public static partial void Rejected(ILogger logger, string source, string reason);

    [LoggerMessage(553, LogLevel.Warning, "A webhook from {Source} can't be handled: {Reason}")]
    public static partial void Unreadable(ILogger logger, string source, string reason);
}
