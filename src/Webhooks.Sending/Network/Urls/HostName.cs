using System.Buffers;

namespace Webhooks;

/// <summary>Judges host names in ASCII form.</summary>
internal static class HostName
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether the name is well formed, and is what it looks like.</summary>
    public static NetworkOutcome CheckSyntax(ReadOnlySpan<char> host)
    {
        host = WithoutRoot(host);
        if (host.Length is 0 or > MaxLength)
            return NetworkOutcome.MalformedHost;

        for (var rest = host; ;)
        {
            var dot = rest.IndexOf('.');
            var label = dot < 0 ? rest : rest[..dot];
            var outcome = CheckLabel(label);
            if (outcome != NetworkOutcome.Allowed)
                return outcome;
            if (dot < 0)
                return IsNumber(label) ? NetworkOutcome.NumericHost : NetworkOutcome.Allowed;

            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>
    /// Whether the name is one that means the same to everybody: not a single label, not of special use.
    /// </summary>
    public static NetworkOutcome CheckUse(ReadOnlySpan<char> host)
    {
        host = WithoutRoot(host);
        if (SpecialUseNames.Contains(host))
            return NetworkOutcome.SpecialUseHost;

        return host.Contains('.') ? NetworkOutcome.Allowed : NetworkOutcome.SingleLabelHost;
    }

    /// <summary>The name without the dot that may end it.</summary>
    public static ReadOnlySpan<char> WithoutRoot(ReadOnlySpan<char> host) =>
        host is [.. var name, '.'] ? name : host;

    /// <summary>Whether <paramref name="host"/> is <paramref name="suffix"/> or a name below it.</summary>
    public static bool IsOrIsBelow(ReadOnlySpan<char> host, ReadOnlySpan<char> suffix) =>
        host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
        && (host.Length == suffix.Length || host[^(suffix.Length + 1)] == '.');

    private static NetworkOutcome CheckLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > MaxLabelLength
            || label.ContainsAnyExcept(LabelCharacters)
            || label[0] == '-'
            || label[^1] == '-')
        {
            return NetworkOutcome.MalformedHost;
        }

        var isInternational = label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase);
        return isInternational && !InternationalName.IsStableAscii(label[4..])
            ? NetworkOutcome.UnstableHost
            : NetworkOutcome.Allowed;
    }

    // Parsers disagree about such names: to some 0x7f.1 is a name, to others it is 127.0.0.1.
    private static bool IsNumber(ReadOnlySpan<char> label) =>
        !label.ContainsAnyExcept(Digits)
        || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && !label[2..].ContainsAnyExcept(HexDigits));
}
