using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Webhooks;

/// <summary>Names of hosts and domains as text.</summary>
internal static class DomainName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Reads a domain that somebody wrote down. A single label is none: everything below <c>com</c> is too
    /// much.</summary>
    public static bool TryParseDomain(string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        try
        {
            text = Idn.GetAscii(text?.Trim().TrimEnd('.') ?? "").ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        // Ends in a digit: an address, or a slip.
        if (!text.Contains('.', StringComparison.Ordinal) || !IsName(text) || char.IsAsciiDigit(text[^1]))
            return false;

        domain = text;
        return true;
    }

    /// <summary>Whether a name that DNS gave is the domain, or below it.</summary>
    public static bool IsWithin(ReadOnlySpan<char> name, string domain)
    {
        if (!name.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
            return false;

        var rest = name[..^domain.Length];
        return rest.IsEmpty || rest[^1] == '.';
    }

    /// <summary>Whether a text is labels of letters, digits, hyphens and underscores. DNS can hold anything.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestName)
            return false;

        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length is 0 or > LongestLabel || !IsLabel(label))
                return false;
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var character in label)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
