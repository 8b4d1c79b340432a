using Microsoft.Extensions.Logging;

namespace Webhooks;

internal static partial class HandshakeLog
{
    [LoggerMessage(590, LogLevel.Information, "Answered a handshake for {Source} from {RemoteAddress} with "
        + "{StatusCode}")]
    public static partial void Answered(ILogger logger, string source, string remoteAddress, int statusCode);

    [LoggerMessage(591, LogLevel.Warning, "Refused a handshake for {Source} from {RemoteAddress} with {StatusCode}")]
    public static partial void Refused(ILogger logger, string source, string remoteAddress, int statusCode);

    [LoggerMessage(592, LogLevel.Error, "The handshake of {Source} with {RemoteAddress} failed unexpectedly, so it was "
        + "answered 500")]
    public static partial void Failed(ILogger logger, Exception exception, string source, string remoteAddress);
}
