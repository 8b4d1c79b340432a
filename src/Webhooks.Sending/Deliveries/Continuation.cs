using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>
/// Where a list goes on, as text: the last number of the page and a checksum over it and the query, so that a text that
/// was cut, changed, or taken from another query is refused rather than misread. It is no secret and guards nothing:
/// what may be seen is decided by the query alone.
/// </summary>
internal static class Continuation
{
    private const int NumberLength = 8;
    private const int Length = 1 + NumberLength + 8;
    private const byte Version = 1;

    /// <summary>Puts the parts of a query into one text, so that two queries that differ have different ones.</summary>
    public static string Query(string name, params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder(name);
        foreach (var part in parts)
        {
            text.Append('\n');
            if (part is not null)
                text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return text.ToString();
    }

    public static string Write(string query, long lastNumber)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Fill(bytes, query, lastNumber);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The last number of the page before; null at the beginning.</summary>
    /// <exception cref="ArgumentException">The text isn't one that this query gave.</exception>
    public static long? Read(string query, string? text)
    {
        if (text is null)
            return null;

        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> expected = stackalloc byte[Length];
        if (Base64Url.IsValid(text, out var length) && length == Length
            && Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            var number = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
            Fill(expected, query, number);
            if (expected.SequenceEqual(bytes) && text == Base64Url.EncodeToString(bytes))
                return number;
        }

        throw new ArgumentException("The continuation isn't one that a page of the same query had.", nameof(text));
    }

    private static void Fill(Span<byte> bytes, string query, long number)
    {
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version} {number} {query}")), hash);
        hash[..(Length - 1 - NumberLength)].CopyTo(bytes[(1 + NumberLength)..]);
    }
}
