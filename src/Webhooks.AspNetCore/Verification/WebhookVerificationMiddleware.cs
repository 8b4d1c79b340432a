using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Finds protected requests, has them verified, and lets the application run only for those that
/// were.</summary>
internal sealed class WebhookVerificationMiddleware(
    RequestDelegate next,
    WebhookSources sources,
    CallerCheck callers,
    FailureLimiter failures,
    WebhookVerifier verifier,
    HandshakeRunner handshakes,
    DuplicateGate duplicates,
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
            ? JudgeCallerAsync(context, source)
            : RefuseAsync(context, slot.Name, WebhookVerdict.SourceUnusable);
    }

    /// <summary>Listens to callers that may call and haven't failed too often. It waits only where DNS has to be asked,
    /// which takes a state of its own.</summary>
    private Task JudgeCallerAsync(HttpContext context, WebhookSource source)
    {
        var refusal = callers.FindRefusalAsync(context, source);
        return refusal.IsCompletedSuccessfully
            ? ListenAsync(context, source, refusal.Result)
            : AwaitCallerAsync(context, source, refusal);
    }

    private async Task AwaitCallerAsync(
        HttpContext context, WebhookSource source, ValueTask<CallerRefusal?> refusal) =>
        await ListenAsync(context, source, await refusal.ConfigureAwait(false)).ConfigureAwait(false);

    private Task ListenAsync(HttpContext context, WebhookSource source, CallerRefusal? refusal)
    {
        var isPaid = false;
        if (refusal is null
            && !failures.TryPass(source, context.Connection.RemoteIpAddress, out isPaid, out var wait))
            refusal = new(WebhookVerdict.TooManyFailures, wait);
        if (refusal is not { } found)
            return VerifyAsync(context, source, isPaid);

        verifier.ObserveRefusal(source, found.Verdict);
        return Refusals.AnswerAsync(context, source.Name, found, logger);
    }

    private async Task VerifyAsync(HttpContext context, WebhookSource source, bool isPaid)
    {
        if (await handshakes.TryAnswerUnverifiedAsync(context, source).ConfigureAwait(false))
        {
            if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
                failures.Fail(source, context.Connection.RemoteIpAddress, isPaid);
            return;
        }

        var (verdict, webhook) = await verifier.VerifyAsync(context, source).ConfigureAwait(false);
        if (verdict != WebhookVerdict.Verified || webhook is null)
        {
            if (WebhookVerdicts.IsFailure(verdict))
                failures.Fail(source, context.Connection.RemoteIpAddress, isPaid);
            await AnswerRefusalAsync(context, source, verdict).ConfigureAwait(false);
            return;
        }

        failures.Succeed(source, context.Connection.RemoteIpAddress);
        Log.Verified(logger, source.Name, webhook.Body.Length);
        try
        {
            if (await handshakes.TryAnswerVerifiedAsync(context, source, webhook).ConfigureAwait(false))
                return;

            if (source.DropsDuplicates && !IsForInbox(context))
                await duplicates.RunAsync(context, webhook, next).ConfigureAwait(false);
            else
                await next(context).ConfigureAwait(false);
        }
        finally
        {
            webhook.Release(context);
        }
    }

    // Its store drops duplicates itself.
    private static bool IsForInbox(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<HandledRoute>() is { IsInbox: true };

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
