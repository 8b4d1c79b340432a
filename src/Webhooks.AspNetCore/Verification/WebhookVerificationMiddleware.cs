using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Finds protected requests, has them verified, and lets the application run only for those that
/// were.</summary>
internal sealed class WebhookVerificationMiddleware(
    RequestDelegate next,
    WebhookSources sources,
    CallerCheck callers,
    WebhookVerifier verifier,
    HandshakeRunner handshakes,
    VerificationMetrics metrics,
    ILogger<WebhookVerificationMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        SourceSlot? slot;
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequireWebhookVerificationAttribute>() is { } protection)
        {
            if (!sources.TryFind(protection.Source, out slot))
                return RefuseAsync(context, protection.Source, WebhookVerdict.SourceUnknown);
        }
        else
        {
            slot = sources.FindByPath(context.Request);
            if (slot is null)
                return next(context);
        }

        // The middleware may stand in the pipeline twice, or a handler may have sent the request through it again.
        if (context.Features.Get<VerifiedWebhook>() is { } verified && ReferenceEquals(verified.Source, slot.Name))
            return next(context);

        return slot.Current is { } source
            ? VerifyAsync(context, source)
            : RefuseAsync(context, slot.Name, WebhookVerdict.SourceUnusable);
    }

    private async Task VerifyAsync(HttpContext context, WebhookSource source)
    {
        if (await callers.FindRefusalAsync(context, source).ConfigureAwait(false) is { } refusal)
        {
            verifier.ObserveRefusal(source, refusal.Verdict);
            await Refusals.AnswerAsync(context, source.Name, refusal, logger).ConfigureAwait(false);
            return;
        }

        if (await handshakes.TryAnswerUnverifiedAsync(context, source).ConfigureAwait(false))
            return;

        var (verdict, webhook) = await verifier.VerifyAsync(context, source).ConfigureAwait(false);
        if (verdict != WebhookVerdict.Verified || webhook is null)
        {
            await AnswerRefusalAsync(context, source, verdict).ConfigureAwait(false);
            return;
        }

        Log.Verified(logger, source.Name, webhook.Body.Length);
        try
        {
            if (!await handshakes.TryAnswerVerifiedAsync(context, source, webhook).ConfigureAwait(false))
                await next(context).ConfigureAwait(false);
        }
        finally
        {
            webhook.Release(context);
        }
    }

    private async Task AnswerRefusalAsync(HttpContext context, WebhookSource source, WebhookVerdict verdict)
    {
        if (WebhookVerdicts.StatusOf(verdict) != StatusCodes.Status401Unauthorized
            || !await handshakes.TryAnswerRefusedAsync(context, source).ConfigureAwait(false))
            await Refusals.AnswerAsync(context, source, verdict, logger).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, string source, WebhookVerdict verdict)
    {
        metrics.Record(source, verdict, 0, 0);
        return Refusals.AnswerAsync(context, source, verdict, logger);
    }
}
