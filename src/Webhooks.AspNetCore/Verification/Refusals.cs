using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Answers what was refused: the operator's log gets the reason, the stranger a status.</summary>
internal static class Refusals
{
    private const int SmallBody = 16 * 1024;

    public static Task AnswerAsync(HttpContext context, WebhookSource source, WebhookVerdict verdict, ILogger logger)
    {
        if (verdict == WebhookVerdict.MethodNotAllowed)
            context.Response.Headers.Allow = source.AllowHeader;
        return AnswerAsync(context, source.Name, verdict, logger);
    }

    public static Task AnswerAsync(HttpContext context, string source, in CallerRefusal refusal, ILogger logger)
    {
        if (refusal.RetryAfter is { } pause)
            Problem.RetryAfter(context, pause);
        return AnswerAsync(context, source, refusal.Verdict, logger);
    }

    public static Task AnswerAsync(HttpContext context, string source, WebhookVerdict verdict, ILogger logger)
    {
        var status = WebhookVerdicts.StatusOf(verdict);
        WriteLog(context, source, verdict, status, logger);
        if (verdict == WebhookVerdict.ClientGone)
        {
            // Nobody is there to read an answer, and the server need not wait for what is missing of the body.
            context.Response.StatusCode = status;
            context.Abort();
            return Task.CompletedTask;
        }

        if (HttpProtocol.IsHttp11(context.Request.Protocol) && EndsConnection(context.Request, status))
            context.Response.Headers.Connection = "close";
        return Problem.WriteAsync(context, status);
    }

    // What the sender still has to send is of no use, and a slow one would go on holding the connection. Of callers
    // that are limited a small body is read nonetheless: that costs less than a new connection.
    private static bool EndsConnection(HttpRequest request, int status) => status switch
    {
        StatusCodes.Status400BadRequest or StatusCodes.Status408RequestTimeout
            or StatusCodes.Status413PayloadTooLarge => true,
        StatusCodes.Status429TooManyRequests => request.ContentLength is null or > SmallBody,
        _ => false,
    };

    private static void WriteLog(HttpContext context, string source, WebhookVerdict verdict, int status, ILogger logger)
    {
        switch (verdict)
        {
            case WebhookVerdict.SecretsUnavailable or WebhookVerdict.VerificationFailed:
                break; // logged with its exception where that was caught
            case WebhookVerdict.SourceUnknown:
                Log.SourceUnknown(logger, source);
                break;
            case WebhookVerdict.TooManyFailures:
                break; // logged once, when the caller was limited
            case WebhookVerdict.BodyReadBefore:
                Log.BodyReadBefore(logger, source);
                break;
            case WebhookVerdict.ClientGone:
                if (logger.IsEnabled(LogLevel.Debug))
                    Log.ClientGone(logger, source, RemoteAddress.Of(context));
                break;
            default:
                if (logger.IsEnabled(LogLevel.Warning))
                    Log.Refused(logger, source, RemoteAddress.Of(context), status, WebhookVerdicts.NameOf(verdict));
                break;
        }
    }
}
