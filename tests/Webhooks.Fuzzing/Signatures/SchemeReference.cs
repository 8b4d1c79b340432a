using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>The signature that a layout asks for, worked out in the plainest way: text in, text out.</summary>
internal static class SchemeReference
{
    /// <summary>Whether a signature header holds the text of the right signature.</summary>
    public static bool Accepts(HmacSignatureScheme scheme, InputRequest request, byte[] key)
    {
        var layout = scheme.Layout;
        var timestamp = layout.TimestampHeader is { } header ? request.Find(header).Single() : null;
        var values = request.Find(layout.SignatureHeader)
            .Concat(layout.FurtherSignatureHeaders.SelectMany(request.Find)).ToArray();
        if (layout.TimestampItem is { } item)
            timestamp = values.Single().Split(layout.ItemSeparator).Select(entry => entry.Trim(' ', '\t'))
                .Single(entry => entry.StartsWith(item + "=", StringComparison.Ordinal))[(item.Length + 1)..];

        var id = layout.Fields.IdHeader is { } idHeader ? request.Find(idHeader).FirstOrDefault() : null;
        var signature = Hash(scheme, key, Content(layout, id, timestamp, request.Body));
        var comparison = layout.Encoding == SignatureEncoding.Hex
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        return values.Any(value => value.Contains(Encode(layout.Encoding, signature), comparison));
    }

    public static bool IsFresh(HmacSignatureScheme scheme, VerificationResult result, DateTimeOffset now) =>
        result.Timestamp is not { } time || (time - now).Duration() <= scheme.Tolerance + TimeSpan.FromSeconds(1);

    private static byte[] Content(SignatureLayout layout, string? id, string? timestamp, byte[] body)
    {
        var url = layout.UrlForm is null ? The.Url : layout.UrlForm(The.Url);
        var around = layout.SignedContent.Split("{body}").Select(part => Encoding.UTF8.GetBytes(part
            .Replace("{timestamp}", timestamp, StringComparison.Ordinal)
            .Replace("{method}", "POST", StringComparison.Ordinal)
            .Replace("{url}", url, StringComparison.Ordinal)
            .Replace("{id}", id, StringComparison.Ordinal))).ToArray();
        return [.. around[0], .. body, .. around.Length > 1 ? around[1] : []];
    }

    private static byte[] Hash(HmacSignatureScheme scheme, byte[] key, byte[] content) => scheme.SignatureLength switch
    {
        20 => HMACSHA1.HashData(key, content),
        32 => HMACSHA256.HashData(key, content),
        64 => HMACSHA512.HashData(key, content),
        var length => throw new LawBrokenException(string.Create(CultureInfo.InvariantCulture, $"no hash has {length} bytes")),
    };

    private static string Encode(SignatureEncoding encoding, byte[] signature)
    {
        var text = new char[SignatureEncodings.TextLength(encoding, signature.Length)];
        return new string(text, 0, SignatureEncodings.Write(encoding, signature, text));
    }
}
