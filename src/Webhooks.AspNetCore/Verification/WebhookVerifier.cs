using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Judges one request: the cheap checks, the secrets, the signature's headers, the body as it comes.</summary>
internal sealed class WebhookVerifier(
    VerificationMetrics metrics,
    TimeProvider time,
    ILogger<WebhookVerifier> logger,
    SignatureKeySource? keys = null)
{
    private static readonly Func<object, string, HeaderValue> Lookup = static (headers, name) =>
    {
        var values = ((IHeaderDictionary)headers)[name];
        return new HeaderValue(values.Count, values.Count == 0 ? null : values[0]);
    };

    private static readonly Func<object, string, string?> Combine = static (headers, name) =>
        ((IHeaderDictionary)headers).TryGetValue(name, out var values) && values.Count > 0
            ? string.Join(", ", values.Select(value => value?.Trim(' ', '\t')))
            : null;

    private readonly BodyReader _bodies = new(time);

    /// <summary>Verifies a request. Only with the verdict <see cref="WebhookVerdict.Verified"/> there is a
    /// webhook.</summary>
    /// <remarks>All in one method, since each further one that waits for the body would cost the hot path its
    /// state.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> VerifyAsync(
        HttpContext context, WebhookSource source)
    {
        var started = metrics.Start();
        using var activity = VerificationActivity.Start(source);
        var (webhook, verification) = (default(VerifiedWebhook), default(SignatureVerification));
        if (!RequestChecks.TryPass(context, source, out var verdict))
            return Observe(source, verdict, null, started, activity);

        var secrets = source.Secrets;
        if (source.Resolver is not null)
            secrets = await ResolveAsync(context, source).ConfigureAwait(false);
        try
        {
            if (TryBegin(context, source, secrets, out verification, out verdict))
            {
                var pipe = BodyReader.Open(context.Request, source.MaxBodySize);
                var coding = source.Codings?.Find(context.Request.Headers);
                var fed = coding is not null && source.Codings!.SignedBefore ? null : verification;
                var (refusal, body) = await _bodies.ReadAsync(pipe, source, fed).ConfigureAwait(false);
                (verdict, webhook) = refusal is null
                    ? await new BodyCompletion(context, source, pipe, body, coding).CompleteAsync(verification)
                        .ConfigureAwait(false)
                    : (refusal.Value, null);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            verdict = WebhookVerdict.ClientGone;
        }
        catch (Exception exception)
        {
            // Schemes don't throw for what a stranger sent. One that does, or one handed a secret it can't use,
            // must not let anything pass, nor say anything about it.
            Log.VerificationFailed(logger, exception, source.Name, RemoteAddress.Of(context));
            verdict = WebhookVerdict.VerificationFailed;
        }
        finally
        {
            verification?.Dispose();
        }

        return Observe(source, verdict, webhook, started, activity);
    }

    /// <summary>Notes a request that was refused for its caller alone.</summary>
    public void ObserveRefusal(WebhookSource source, WebhookVerdict verdict)
    {
        using var activity = VerificationActivity.Start(source);
        Observe(source, verdict, null, metrics.Start(), activity);
    }

    private (WebhookVerdict Verdict, VerifiedWebhook? Webhook) Observe(
        WebhookSource source, WebhookVerdict verdict, VerifiedWebhook? webhook, long started, Activity? activity)
    {
        metrics.Record(source.Name, verdict, webhook?.Body.Length ?? 0, started);
        VerificationActivity.Finish(activity, verdict, webhook);
        return (verdict, webhook);
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
        IReadOnlyList<SigningSecret>? secrets,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out WebhookVerdict refusal)
    {
        verification = null;
        refusal = secrets is null ? WebhookVerdict.SecretsUnavailable : WebhookVerdict.NoSecret;
        if (secrets is null or { Count: 0 })
            return false;

        var asked = new VerificationContext
        {
            Headers = new SignatureHeaders(context.Request.Headers, Lookup, Combine),
            Secrets = secrets,
            Now = time.GetUtcNow(),
            Tolerance = source.Tolerance,
            Method = context.Request.Method,
            Url = source.Scheme.SignsUrl ? PublicUrl.Of(context, source.PublicUrl) : null,
            Keys = keys,
        };
        var begun = source.Scheme.TryBeginVerification(asked, out verification, out var result);
        refusal = WebhookVerdicts.From(result.Outcome);
        return begun;
    }
}
