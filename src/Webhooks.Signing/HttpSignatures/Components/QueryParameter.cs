using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Webhooks;

/// <summary>Finds one parameter of a query, decoded and encoded again as RFC 9421, section 2.2.8, asks, so that two
/// spellings of one value are signed alike.</summary>
internal static class QueryParameter
{
    // What the form encoding leaves as it is (URL Standard, application/x-www-form-urlencoded percent-encode set).
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._");

    /// <summary>Finds a parameter that must occur once.</summary>
    /// <param name="query">The query, with its question mark.</param>
    /// <param name="name">The parameter's encoded name.</param>
    /// <param name="value">Its encoded value.</param>
    public static VerificationOutcome TryFind(ReadOnlySpan<char> query, string name, out string value)
    {
        value = "";
        var found = false;
        query = query.IsEmpty ? query : query[1..];
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var mark = pair.IndexOf('=');
            if (pair.IsEmpty || !TryNormalize(mark < 0 ? pair : pair[..mark], out var pairName) || pairName != name)
                continue;

            if (found)
                return VerificationOutcome.DuplicateHeader;
            if (!TryNormalize(mark < 0 ? [] : pair[(mark + 1)..], out value))
                return VerificationOutcome.MalformedHeader;
            found = true;
        }

        return found ? VerificationOutcome.Verified : VerificationOutcome.MissingHeader;
    }

    private static bool TryNormalize(ReadOnlySpan<char> text, out string normalized)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        var decoded = bytes.AsSpan(0, Decode(text, bytes));
        var valid = Utf8.IsValid(decoded);
        normalized = valid ? Encode(decoded) : "";
        ArrayPool<byte>.Shared.Return(bytes);
        return valid;
    }

    // A percent sign without two digits stands for itself.
    private static int Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            byte value;
            if (text[i] == '%' && text.Length - i > 2 && byte.TryParse(
                text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
                i += 2;
            else
                value = text[i] == '+' ? (byte)' ' : (byte)text[i];
            bytes[length++] = value;
        }

        return length;
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var encoded = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (Unreserved.Contains((char)value))
                encoded.Append((char)value);
            else
                encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
