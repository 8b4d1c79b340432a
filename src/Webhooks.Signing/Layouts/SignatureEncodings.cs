using System.Buffers;
using System.Buffers.Text;

namespace Webhooks;

/// <summary>
/// Strict readers and writers of encoded bytes. The platform's readers accept white space and stray bits, so that many
/// texts stand for one signature; here one text does.
/// </summary>
internal static class SignatureEncodings
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly SearchValues<char> Base64Digits = SearchValues.Create(Alphabet);

    private static readonly SearchValues<char> Base64UrlDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The number of characters that so many bytes take.</summary>
    public static int TextLength(SignatureEncoding encoding, int bytes) => encoding switch
    {
        SignatureEncoding.Hex => bytes * 2,
        SignatureEncoding.Base64Url => Base64Url.GetEncodedLength(bytes),
        _ => Base64.GetMaxEncodedToUtf8Length(bytes),
    };

    /// <summary>Writes bytes as text.</summary>
    /// <returns>How many characters were written.</returns>
    public static int Write(SignatureEncoding encoding, ReadOnlySpan<byte> bytes, Span<char> text)
    {
        int written;
        _ = encoding switch
        {
            SignatureEncoding.Hex => Convert.TryToHexStringLower(bytes, text, out written),
            SignatureEncoding.Base64Url => Base64Url.TryEncodeToChars(bytes, text, out written),
            _ => Convert.TryToBase64Chars(bytes, text, out written),
        };
        return written;
    }

    /// <summary>Reads text that must stand for exactly <paramref name="bytes"/>.Length bytes.</summary>
    public static bool TryRead(SignatureEncoding encoding, ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == TextLength(encoding, bytes.Length) && encoding switch
        {
            SignatureEncoding.Hex => TryDecodeHex(text, bytes),
            SignatureEncoding.Base64Url => TryDecodeBase64Url(text, bytes),
            _ => TryDecodeBase64(text, bytes, out var written) && written == bytes.Length,
        };

    /// <summary>Reads hexadecimal digits that must stand for exactly <paramref name="bytes"/>.Length bytes.</summary>
    public static bool TryDecodeHex(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == bytes.Length * 2
        && Convert.FromHexString(text, bytes, out _, out var written) == OperationStatus.Done
        && written == bytes.Length;

    /// <summary>Reads canonical, padded base64.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        var digits = text.TrimEnd('=');
        return text.Length % 4 == 0
            && text.Length - digits.Length <= 2
            && !digits.ContainsAnyExcept(Base64Digits)
            && Convert.TryFromBase64Chars(text, bytes, out written)
            && EndsCanonically(text, bytes[..written]);
    }

    /// <summary>Whether text is canonical, padded base64 of any length, none included.</summary>
    public static bool IsBase64(ReadOnlySpan<char> text)
    {
        var digits = text.TrimEnd('=');
        var padding = text.Length - digits.Length;
        if (text.Length % 4 != 0 || padding > 2 || digits.ContainsAnyExcept(Base64Digits))
        {
            return false;
        }

        // Each padding character leaves two bits of the last digit unused.
        return padding == 0 || (Alphabet.IndexOf(digits[^1], StringComparison.Ordinal) & ((1 << (2 * padding)) - 1)) == 0;
    }

    // The last digit holds bits beyond the last byte; unless they are zero, another text stands for the same bytes.
    private static bool EndsCanonically(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes)
    {
        Span<char> last = stackalloc char[4];
        var tail = bytes.Length % 3;
        return tail == 0 || (Convert.TryToBase64Chars(bytes[^tail..], last, out _) && text[^4..].SequenceEqual(last));
    }

    private static bool TryDecodeBase64Url(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        Span<char> last = stackalloc char[4];
        // TryDecodeFromChars would throw for stray bits.
        if (text.ContainsAnyExcept(Base64UrlDigits)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != bytes.Length)
        {
            return false;
        }

        var tail = written % 3;
        return tail == 0
            || (Base64Url.TryEncodeToChars(bytes[^tail..], last, out var length) && text.EndsWith(last[..length]));
    }
}
