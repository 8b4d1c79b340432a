using System.Net.Sockets;
using System.Security.Authentication;

namespace Webhooks;

/// <summary>Turns what the network threw into an error kind. Whatever it is, it is an outcome and not a fault of
/// ours.</summary>
internal static class ErrorClassifier
{
    private const int MaxMessageLength = 256;

    public static AttemptOutcome Classify(Exception exception, bool timedOut)
    {
        if (exception is AttemptException failure)
        {
            return new AttemptOutcome(failure.Kind)
            {
                ErrorMessage = failure.Message,
                IsFinal = failure.Kind == WebhookErrorKind.RequestInvalid,
            };
        }

        if (NetworkRefusedException.Find(exception) is { } refusal)
            return new AttemptOutcome(WebhookErrorKind.AddressRefused) { ErrorMessage = refusal.Message };
        if (timedOut)
            return new AttemptOutcome(WebhookErrorKind.Timeout);

        return new AttemptOutcome(KindOf(exception)) { ErrorMessage = MessageOf(exception) };
    }

    /// <summary>Whether the connection was closed before an answer came.</summary>
    public static bool IsReset(HttpRequestException exception)
        => KindOf(exception) == WebhookErrorKind.ConnectionReset;

    private static WebhookErrorKind KindOf(Exception exception) => exception switch
    {
        // Not our time limit and not the caller's: the handler's own, on connecting.
        OperationCanceledException or TimeoutException => WebhookErrorKind.ConnectTimeout,
        HttpRequestException http => KindOf(http),
        _ => WebhookErrorKind.Unknown,
    };

    private static WebhookErrorKind KindOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => WebhookErrorKind.NameResolution,
        HttpRequestError.SecureConnectionError => WebhookErrorKind.TlsFailure,
        HttpRequestError.ResponseEnded => WebhookErrorKind.ConnectionReset,
        HttpRequestError.InvalidResponse => WebhookErrorKind.ResponseInvalid,
        HttpRequestError.ConfigurationLimitExceeded => WebhookErrorKind.ResponseInvalid,
        HttpRequestError.ConnectionError => KindOfConnection(exception),
        HttpRequestError.HttpProtocolError => WebhookErrorKind.ConnectionReset,
        HttpRequestError.VersionNegotiationError => WebhookErrorKind.ConnectionFailed,
        HttpRequestError.ProxyTunnelError => WebhookErrorKind.ConnectionFailed,
        _ => KindOfUnnamed(exception),
    };

    private static WebhookErrorKind KindOfConnection(Exception exception)
    {
        if (Find<TimeoutException>(exception) is not null)
            return WebhookErrorKind.ConnectTimeout;

        return Find<SocketException>(exception)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => WebhookErrorKind.ConnectionRefused,
            SocketError.TimedOut => WebhookErrorKind.ConnectTimeout,
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => WebhookErrorKind.NameResolution,
            _ => WebhookErrorKind.ConnectionFailed,
        };
    }

    private static WebhookErrorKind KindOfUnnamed(Exception exception)
    {
        if (Find<AuthenticationException>(exception) is not null)
            return WebhookErrorKind.TlsFailure;

        return Find<SocketException>(exception) is not null || Find<IOException>(exception) is not null
            ? WebhookErrorKind.ConnectionReset
            : WebhookErrorKind.Unknown;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }

    // The innermost says what happened; only the network's own exceptions are trusted to name no secret.
    private static string? MessageOf(Exception exception)
    {
        var innermost = exception.GetBaseException();
        return innermost is HttpRequestException or SocketException or IOException or AuthenticationException
            or TimeoutException
            ? Printable.Text(innermost.Message, MaxMessageLength)
            : innermost.GetType().Name;
    }
}
