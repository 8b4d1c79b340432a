using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Runs the handshakes of sources, and notes what came of them. One that throws has not let anything pass: the
/// request is answered 500.</summary>
internal sealed class HandshakeRunner(HandshakeMetrics metrics, ILogger<WebhookHandshake> logger)
{
    /// <summary>Gives the source's handshake a request that nothing is known of.</summary>
    /// <returns>Whether it was answered.</returns>
    public ValueTask<bool> TryAnswerUnverifiedAsync(HttpContext context, WebhookSource source) =>
        source.Handshake is null ? new(false) : RunAsync(new(context, source, null), source, static (handshake, asked) =>
            handshake.TryAnswerUnverifiedAsync(asked, asked.HttpContext.RequestAborted));

    /// <summary>Gives it a request that was verified.</summary>
    /// <returns>Whether it was answered.</returns>
    public ValueTask<bool> TryAnswerVerifiedAsync(HttpContext context, WebhookSource source, VerifiedWebhook webhook) =>
        source.Handshake is null ? new(false) : RunAsync(
            new(context, source, webhook.Secret),
            source,
            (handshake, asked) => handshake.TryAnswerVerifiedAsync(asked, webhook, context.RequestAborted));

    /// <summary>Gives it a request that was refused for want of proof.</summary>
    /// <returns>Whether it was answered.</returns>
    public ValueTask<bool> TryAnswerRefusedAsync(HttpContext context, WebhookSource source) =>
        source.Handshake is null ? new(false) : RunAsync(new(context, source, null), source, static (handshake, asked) =>
            handshake.TryAnswerRefusedAsync(asked, asked.HttpContext.RequestAborted));

    private async ValueTask<bool> RunAsync(
        WebhookHandshakeContext asked,
        WebhookSource source,
        Func<WebhookHandshake, WebhookHandshakeContext, ValueTask<bool>> run)
    {
        var context = asked.HttpContext;
        try
        {
            if (!await run(source.Handshake!, asked).ConfigureAwait(false))
                return false;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return true; // nobody is there to read an answer
        }
        catch (Exception exception)
        {
            Log.HandshakeFailed(logger, exception, source.Name, RemoteAddress.Of(context));
            metrics.Record(source.Name, StatusCodes.Status500InternalServerError);
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError).ConfigureAwait(false);
            return true;
        }

        Note(context, source);
        return true;
    }

    private void Note(HttpContext context, WebhookSource source)
    {
        var status = context.Response.StatusCode;
        metrics.Record(source.Name, status);
        if (status < StatusCodes.Status400BadRequest)
            Log.HandshakeAnswered(logger, source.Name, RemoteAddress.Of(context), status);
        else
            Log.HandshakeRefused(logger, source.Name, RemoteAddress.Of(context), status);
    }
}
