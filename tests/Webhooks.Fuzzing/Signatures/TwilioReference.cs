using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Fuzzing;

internal static class TwilioReference
{
    /// <summary>Whether the header is the signature of a form, the URL with its port or without.</summary>
    public static bool Accepts(InputRequest request)
    {
        var withPort = The.Url.Replace("example.com", "example.com:443", StringComparison.Ordinal);
        return Read(request.Body) is { } form && request.Find("X-Twilio-Signature") is [var header]
            && new[] { The.Url, withPort }.Any(url =>
                Convert.ToBase64String(HMACSHA1.HashData(The.SecretBytes, Encoding.UTF8.GetBytes(url + form))) == header);
    }

    /// <summary>The names and values of a form, sorted and run together; null if it isn't UTF-8.</summary>
    public static string? Read(byte[] body)
    {
        var pairs = Encoding.Latin1.GetString(body).Split('&').Where(pair => pair.Length > 0)
            .Select(pair => pair.Split('=', 2)).Select(pair => (Name: Decode(pair[0]), Value: Decode(pair.ElementAtOrDefault(1) ?? "")))
            .ToArray();
        return pairs.Any(pair => pair.Name is null || pair.Value is null) ? null : string.Concat(pairs.Distinct()
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => pair.Name + pair.Value));
    }

    private static string? Decode(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == '%' && i + 2 < text.Length
                && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            bytes.Add(isEscape ? Convert.FromHexString(text.AsSpan(i + 1, 2))[0] : text[i] == '+' ? (byte)' ' : (byte)text[i]);
            i += isEscape ? 2 : 0;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
