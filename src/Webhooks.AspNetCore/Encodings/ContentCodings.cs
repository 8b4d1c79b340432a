using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>The content codings that a source takes.</summary>
internal sealed class ContentCodings(IReadOnlyCollection<ContentCoding> allowed, bool signedBefore)
{
    /// <summary>Whether the signature covers the body as it was before it was encoded.</summary>
    public bool SignedBefore => signedBefore;

    /// <summary>The coding that a name of RFC 9110, section 8.4.1, stands for.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out ContentCoding? coding)
    {
        coding = name?.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => ContentCoding.Gzip,
            "DEFLATE" => ContentCoding.Deflate,
            "BR" => ContentCoding.Brotli,
            _ => null,
        };
        return coding is not null;
    }

    /// <summary>The coding of a request's body; <see langword="null"/> where it isn't encoded, or in a way that isn't
    /// allowed: several times, for one.</summary>
    public ContentCoding? Find(IHeaderDictionary headers) =>
        headers.ContentEncoding is [var name] && TryParse(name, out var coding) && allowed.Contains(coding.Value)
            ? coding
            : null;
}
