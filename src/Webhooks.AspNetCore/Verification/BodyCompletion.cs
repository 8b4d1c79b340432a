using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Ends the verification of a request whose body is whole, and holds the body for the application.</summary>
internal static class BodyCompletion
{
    /// <summary>Whether what the signature covers is in the body only when that is decoded.</summary>
    public static bool DecodesFirst(HttpContext context, WebhookSource source) =>
        source.Codings is { SignedBefore: true } codings && codings.Find(context.Request.Headers) is not null;

    /// <summary>Ends the verification. It waits only for keys that have to be fetched, which takes a state of its
    /// own.</summary>
    public static ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> CompleteAsync(
        HttpContext context,
        WebhookSource source,
        SignatureVerification verification,
        PipeReader pipe,
        in ReadOnlySequence<byte> body)
    {
        ValueTask<VerificationResult> completion;
        var content = body;
        try
        {
            if (DecodesFirst(context, source))
            {
                if (Decode(context, source, ref content) is { } refusal)
                    return new(Refuse(refusal, pipe, body));

                BodyReader.Feed(verification, content);
            }

            completion = verification.CompleteAsync(context.RequestAborted);
        }
        catch
        {
            pipe.AdvanceTo(body.End);
            throw;
        }

        return completion.IsCompletedSuccessfully
            ? new(Conclude(context, source, completion.Result, pipe, body, content))
            : AwaitCompletionAsync(context, source, completion, pipe, body, content);
    }

    private static async ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> AwaitCompletionAsync(
        HttpContext context,
        WebhookSource source,
        ValueTask<VerificationResult> completion,
        PipeReader pipe,
        ReadOnlySequence<byte> body,
        ReadOnlySequence<byte> content)
    {
        VerificationResult result;
        try
        {
            result = await completion.ConfigureAwait(false);
        }
        catch
        {
            pipe.AdvanceTo(body.End);
            throw;
        }

        return Conclude(context, source, result, pipe, body, content);
    }

    private static (WebhookVerdict Verdict, VerifiedWebhook? Webhook) Conclude(
        HttpContext context,
        WebhookSource source,
        in VerificationResult result,
        PipeReader pipe,
        in ReadOnlySequence<byte> body,
        ReadOnlySequence<byte> content)
    {
        var verdict = context.Request.ContentLength > body.Length
            ? WebhookVerdict.BodyReadBefore
            : WebhookVerdicts.From(result.Outcome);
        if (verdict == WebhookVerdict.Verified && source.Codings is { SignedBefore: false })
            verdict = Decode(context, source, ref content) ?? verdict;
        if (verdict != WebhookVerdict.Verified)
            return Refuse(verdict, pipe, body);

        if (source.Codings?.Find(context.Request.Headers) is not null)
            BodyDecoder.Hide(context.Request, content);
        var held = new HeldBody(context.Request, pipe, content, body.End);
        var webhook = new VerifiedWebhook(source, context.Request, result, held);
        context.Features.Set(webhook);
        return (verdict, webhook);
    }

    private static WebhookVerdict? Decode(HttpContext context, WebhookSource source, ref ReadOnlySequence<byte> content) =>
        source.Codings!.Find(context.Request.Headers) is { } coding
            ? BodyDecoder.Decode(coding, content, source.MaxBodySize, out content)
            : null;

    private static (WebhookVerdict Verdict, VerifiedWebhook? Webhook) Refuse(
        WebhookVerdict verdict, PipeReader pipe, in ReadOnlySequence<byte> body)
    {
        pipe.AdvanceTo(body.End);
        return (verdict, null);
    }
}
