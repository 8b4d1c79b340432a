using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Ends the verification of a request whose body is whole, and holds the body for the application.</summary>
/// <param name="context">The request.</param>
/// <param name="source">Whose webhook it is said to be.</param>
/// <param name="pipe">Holds the body as it came.</param>
/// <param name="body">The body as it came.</param>
/// <param name="coding">How the body is packed; <see langword="null"/> where it isn't.</param>
internal readonly struct BodyCompletion(
    HttpContext context, WebhookSource source, PipeReader pipe, ReadOnlySequence<byte> body, ContentCoding? coding)
{
    /// <summary>Ends the verification. It waits only for keys that have to be fetched, which takes a state of its
    /// own.</summary>
    public ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> CompleteAsync(SignatureVerification verification)
    {
        ValueTask<VerificationResult> completion;
        var content = body;
        try
        {
            if (coding is not null && source.Codings!.SignedBefore)
            {
                if (Decode(out content) is { } refusal)
                    return new(Refuse(refusal));

                BodyReader.Feed(verification, content);
            }

            completion = verification.CompleteAsync(context.RequestAborted);
        }
        catch
        {
            GiveUp();
            throw;
        }

        return completion.IsCompletedSuccessfully
            ? new(Conclude(completion.Result, content))
            : AwaitCompletionAsync(this, completion, content);
    }

    private static async ValueTask<(WebhookVerdict Verdict, VerifiedWebhook? Webhook)> AwaitCompletionAsync(
        BodyCompletion ending, ValueTask<VerificationResult> completion, ReadOnlySequence<byte> content)
    {
        VerificationResult result;
        try
        {
            result = await completion.ConfigureAwait(false);
        }
        catch
        {
            ending.GiveUp();
            throw;
        }

        return ending.Conclude(result, content);
    }

    private (WebhookVerdict Verdict, VerifiedWebhook? Webhook) Conclude(
        in VerificationResult result, ReadOnlySequence<byte> content)
    {
        var verdict = context.Request.ContentLength > body.Length
            ? WebhookVerdict.BodyReadBefore
            : WebhookVerdicts.From(result.Outcome);
        if (verdict == WebhookVerdict.Verified && coding is not null && !source.Codings!.SignedBefore)
            verdict = Decode(out content) ?? verdict;
        if (verdict != WebhookVerdict.Verified)
            return Refuse(verdict);

        if (coding is not null)
            BodyDecoder.Hide(context.Request, content);
        var held = new HeldBody(context.Request, pipe, content, body.End);
        var webhook = new VerifiedWebhook(source, context.Request, result, held);
        context.Features.Set(webhook);
        return (verdict, webhook);
    }

    private WebhookVerdict? Decode(out ReadOnlySequence<byte> content) =>
        BodyDecoder.Decode(coding!.Value, body, source.MaxBodySize, out content);

    private (WebhookVerdict Verdict, VerifiedWebhook? Webhook) Refuse(WebhookVerdict verdict)
    {
        GiveUp();
        return (verdict, null);
    }

    private void GiveUp() => pipe.AdvanceTo(body.End);
}
