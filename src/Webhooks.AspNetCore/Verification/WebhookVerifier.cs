using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Judges one request: the cheap checks, the secrets, the signature's headers, the body as it comes.</summary>
internal sealed class WebhookVerifier(VerificationMetrics metrics, TimeProvider time, ILogger<WebhookVerifier> logger)
{
    private static readonly Func<object, string, HeaderValue> Lookup = static (headers, name) =>
    {
        var values = ((IHeaderDictionary)headers)[name];
        return new HeaderValue(values.Count, values.Count == 0 ? null : values[0]);
    };

    private readonly BodyReader _bodies = new(time);

    /// <summary>Verifies a request. Only with the verdict <see cref="WebhookVerdict.Verified"/> there is a webhook.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> VerifyAsync(
        HttpContext context, WebhookSource source)
    {
        var started = metrics.Start();
        using var activity = VerificationActivity.Start(source);
        var (verdict, webhook) = await JudgeAsync(context, source).ConfigureAwait(false);
        metrics.Record(source.Name, verdict, webhook?.Body.Length ?? 0, started);
        VerificationActivity.Finish(activity, verdict, webhook);
        return (verdict, webhook);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> JudgeAsync(
        HttpContext context, WebhookSource source)
    {
        if (RequestChecks.FindRefusal(context, source) is { } refusal)
            return (refusal, null);

        var secrets = source.Secrets;
        if (source.Resolver is not null)
            secrets = await ResolveAsync(context, source).ConfigureAwait(false);
        if (secrets is null or { Count: 0 })
            return (secrets is null ? WebhookVerdict.SecretsUnavailable : WebhookVerdict.NoSecret, null);

        try
        {
            if (!TryBegin(context, source, secrets, out var verification, out var result))
                return (WebhookVerdicts.From(result.Outcome), null);

            using (verification)
                return await ReceiveAsync(context, source, verification).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Schemes don't throw for what a stranger sent. One that does, or one handed a secret it can't use,
            // must not let anything pass, nor say anything about it.
            Log.SchemeFailed(logger, exception, source.Name, RemoteAddress.Of(context));
            return (WebhookVerdict.SchemeFailed, null);
        }
    }

    private async ValueTask<IReadOnlyList<SigningSecret>?> ResolveAsync(HttpContext context, WebhookSource source)
    {
        try
        {
            var asked = new WebhookSecretContext(context, source.Name, source.Scheme);
            return await source.Resolver!(asked, context.RequestAborted).ConfigureAwait(false) ?? [];
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the answer is no; that the sender went away meanwhile is no fault of the resolver.
            if (!context.RequestAborted.IsCancellationRequested)
                Log.SecretsUnavailable(logger, exception, source.Name, RemoteAddress.Of(context));
            return null;
        }
    }

    private bool TryBegin(
        HttpContext context,
        WebhookSource source,
        IReadOnlyList<SigningSecret> secrets,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        var asked = new VerificationContext
        {
            Headers = new SignatureHeaders(context.Request.Headers, Lookup),
            Secrets = secrets,
            Now = time.GetUtcNow(),
            Tolerance = source.Tolerance,
            Method = context.Request.Method,
            Url = source.Scheme.SignsUrl ? PublicUrl.Of(context, source.PublicUrl) : null,
        };
        return source.Scheme.TryBeginVerification(asked, out verification, out refusal);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> ReceiveAsync(
        HttpContext context, WebhookSource source, SignatureVerification verification)
    {
        BodyReader.Prepare(context.Request, source.MaxBodySize);
        var pipe = context.Request.BodyReader;
        var (refusal, body) = await _bodies.ReadAsync(pipe, source, verification).ConfigureAwait(false);
        if (refusal is not null)
            return (refusal.Value, null);

        var verdict = WebhookVerdict.Refused;
        try
        {
            var result = verification.Complete();
            verdict = context.Request.ContentLength > body.Length
                ? WebhookVerdict.BodyReadBefore
                : WebhookVerdicts.From(result.Outcome);
            if (verdict != WebhookVerdict.Verified)
                return (verdict, null);

            var webhook = new VerifiedWebhook(source, context.Request, result, new HeldBody(context.Request, pipe, body));
            context.Features.Set(webhook);
            return (verdict, webhook);
        }
        finally
        {
            if (verdict != WebhookVerdict.Verified)
                pipe.AdvanceTo(body.End);
        }
    }
}
