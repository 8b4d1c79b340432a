using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Webhooks;

/// <summary>
/// Reads a body once, hashing it as it comes. What was read is looked at but not taken, so it stays where the server
/// received it, and the application can read the same bytes again.
/// </summary>
internal sealed class BodyReader(TimeProvider time)
{
    private readonly ReadDeadlinePool _deadlines = new(time);

    /// <summary>Reads to the end, and feeds the verification, unless there is none to feed yet. Where it returns null,
    /// the pipe holds the whole body, waiting for <see cref="PipeReader.AdvanceTo(SequencePosition)"/>; else nothing is
    /// left to do but to refuse.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(WebhookVerdict? Refusal, ReadOnlySequence<byte> Body)> ReadAsync(
        PipeReader pipe, WebhookSource source, SignatureVerification? verification)
    {
        ReadDeadline? deadline = null;
        long fed = 0;
        try
        {
            while (true)
            {
                if (!pipe.TryRead(out var result))
                {
                    deadline ??= _deadlines.Rent(pipe, source.BodyTimeout);
                    result = await pipe.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                }

                if (Take(pipe, result, source, verification, ref fed) is { } refusal)
                    return (refusal, default);
                if (result.IsCompleted)
                    return EndInTime(pipe, result, ref deadline);

                pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (Exception exception) when (FindVerdict(exception) is { } verdict)
        {
            return (verdict, default);
        }
        finally
        {
            if (deadline is not null)
                _deadlines.Return(deadline);
        }
    }

    /// <summary>Opens the body at its start, even if it was buffered and read before.</summary>
    public static PipeReader Open(HttpRequest request, long maxBodySize)
    {
        SetServerLimit(request, maxBodySize);
        if (request.Body is { CanSeek: true, Position: not 0 } buffered)
            buffered.Position = 0;
        return request.BodyReader;
    }

    public static void Feed(SignatureVerification verification, in ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
            verification.Append(piece.Span);
    }

    /// <summary>Lets the server take as much as the source allows, and little more when it isn't said how much comes:
    /// the server counts what chunks add to the body too.</summary>
    private static void SetServerLimit(HttpRequest request, long maxBodySize)
    {
        var declared = request.ContentLength;
        var limit = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is null || limit.IsReadOnly)
            return;

        if (declared is null)
            limit.MaxRequestBodySize = (maxBodySize * 8) + 65_536;
        else if (declared > limit.MaxRequestBodySize)
            limit.MaxRequestBodySize = declared;
    }

    /// <summary>A body that came together as its time ran out is too late: its pipe may have been told to
    /// cancel.</summary>
    private (WebhookVerdict? Refusal, ReadOnlySequence<byte> Body) EndInTime(
        PipeReader pipe, in ReadResult result, ref ReadDeadline? deadline)
    {
        var ended = deadline;
        deadline = null;
        if (ended is null || !_deadlines.Return(ended))
            return (null, result.Buffer);

        pipe.AdvanceTo(result.Buffer.End);
        return (WebhookVerdict.BodyTooSlow, default);
    }

    private static WebhookVerdict? Take(
        PipeReader pipe, in ReadResult result, WebhookSource source, SignatureVerification? verification, ref long fed)
    {
        var length = result.Buffer.Length;
        var refusal = result.IsCanceled ? WebhookVerdict.BodyTooSlow
            : length > source.MaxBodySize ? WebhookVerdict.BodyTooLarge
            : default(WebhookVerdict?);
        try
        {
            if (refusal is null)
            {
                if (verification is not null)
                    Feed(verification, result.Buffer.Slice(fed));
                fed = length;
                return null;
            }
        }
        catch
        {
            pipe.AdvanceTo(result.Buffer.End);
            throw;
        }

        pipe.AdvanceTo(result.Buffer.End);
        return refusal;
    }

    private static WebhookVerdict? FindVerdict(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => WebhookVerdict.BodyTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => WebhookVerdict.BodyTooSlow,
        BadHttpRequestException => WebhookVerdict.BrokenBody,
        OperationCanceledException or IOException => WebhookVerdict.ClientGone,
        _ => null,
    };
}
