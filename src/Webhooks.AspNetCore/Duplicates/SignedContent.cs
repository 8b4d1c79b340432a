using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>What identifies a webhook by what its signature covers, and never by what a stranger can write in another
/// way: headers that aren't signed, the signature itself, the host that the request went to.</summary>
internal readonly struct SignedContent
{
    private const int LongestId = 256;

    private readonly bool _hasId;
    private readonly long _timestamp;
    private readonly string? _target;
    private readonly ReadOnlyMemory<byte> _digest;

    private SignedContent(bool hasId, long timestamp, string? target, ReadOnlyMemory<byte> digest) =>
        (_hasId, _timestamp, _target, _digest) = (hasId, timestamp, target, digest);

    public static SignedContent Of(WebhookSource source, HttpRequest request, in VerificationResult result)
    {
        var scheme = source.Scheme;
        var signsUrl = scheme is { SignsUrl: true, ShowsSecret: false } && result.ContentDigest.IsEmpty;
        return new SignedContent(
            HasId(scheme, source.Fields, result),
            scheme.SignsTimestamp && result.Timestamp is { } timestamp ? timestamp.UtcTicks : -1,
            signsUrl ? $"{request.PathBase}{request.Path}{request.QueryString}" : null,
            result.ContentDigest);
    }

    public string KeyOf(VerifiedWebhook webhook)
    {
        var key = UnownedKeyOf(webhook);
        return webhook.Secret?.Owner is { } owner
            ? $"{webhook.Source}:owner:{HashOf($"{owner.Length}:{owner}:{key}")}"
            : key;
    }

    private string UnownedKeyOf(VerifiedWebhook webhook)
    {
        if (!_hasId || webhook.Id is not { Length: > 0 } id)
            return $"{webhook.Source}:content:{Convert.ToHexStringLower(DigestOf(webhook.Body))}";

        return id.Length <= LongestId
            ? $"{webhook.Source}:id:{id}"
            : $"{webhook.Source}:long:{HashOf(id)}";
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether the id, if there is one, is as certain as the webhook itself.</summary>
    private static bool HasId(SignatureScheme scheme, MessageFields fields, in VerificationResult result)
    {
        if (scheme.ShowsSecret || (scheme.SignsId && result.MessageId is not null))
            return true;

        // The media type isn't signed, so it must not be what decides where the id is looked for.
        if (fields.StructuredMediaType is not null)
            return false;

        // A source may have fields of its own, of which its scheme knows nothing. Layouts sign the body, whatever it has.
        return (scheme.SignsId && ReferenceEquals(fields, scheme.Fields))
            || (scheme is LayoutSignatureScheme && fields is { IdHeader: null, IdProperty: not null });
    }

    private ReadOnlySpan<byte> DigestOf(in ReadOnlySequence<byte> body)
    {
        if (!_digest.IsEmpty)
            return _digest.Span;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[sizeof(long) + sizeof(int)];
        var target = Encoding.UTF8.GetBytes(_target ?? "");
        BinaryPrimitives.WriteInt64LittleEndian(head, _timestamp);
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(long)..], target.Length);
        hash.AppendData(head);
        hash.AppendData(target);
        foreach (var piece in body)
            hash.AppendData(piece.Span);
        return hash.GetHashAndReset();
    }
}
