using System.Buffers;
using System.Globalization;

namespace Webhooks;

/// <summary>
/// The parts of a URL as it was written. <see cref="Uri"/> forgives and rewrites (user info, backslashes, what follows
/// a bracket), so the text itself is judged, and <see cref="UrlJudge"/> then sees that both read the same host and
/// port.
/// </summary>
internal readonly ref struct UrlText
{
    private const int MaxLength = 8192;

    private static readonly SearchValues<char> NeverAllowed = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Where(static c => c is < 0x20 or '\\' or >= 0x7F).Select(static c => (char)c)]);

    private UrlText(bool isHttps, ReadOnlySpan<char> host, bool isBracketed, int port)
    {
        IsHttps = isHttps;
        Host = host;
        IsBracketed = isBracketed;
        Port = port;
    }

    public bool IsHttps { get; }

    /// <summary>The host as written, without brackets.</summary>
    public ReadOnlySpan<char> Host { get; }

    public bool IsBracketed { get; }

    public int Port { get; }

    public static NetworkOutcome TryParse(ReadOnlySpan<char> text, out UrlText url)
    {
        url = default;
        if (text.Length > MaxLength)
            return NetworkOutcome.UrlTooLong;
        if (text.ContainsAny(NeverAllowed) || text.Length != text.Trim().Length)
            return NetworkOutcome.ForbiddenCharacter;

        var scheme = ParseScheme(ref text, out var isHttps);
        if (scheme != NetworkOutcome.Allowed)
            return scheme;

        var end = text.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? text : text[..end];
        if (authority.Contains('@'))
            return NetworkOutcome.UserInfoNotAllowed;
        if (text.Contains('#'))
            return NetworkOutcome.FragmentNotAllowed;
        if (authority.IsEmpty)
            return NetworkOutcome.MalformedUrl;

        return ParseAuthority(authority, isHttps, out url);
    }

    private static NetworkOutcome ParseScheme(ref ReadOnlySpan<char> text, out bool isHttps)
    {
        isHttps = false;
        var colon = text.IndexOf(':');
        if (colon <= 0 || text[..colon].ContainsAny('/', '?', '#'))
            return NetworkOutcome.MalformedUrl;

        var scheme = text[..colon];
        isHttps = scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !scheme.Equals("http", StringComparison.OrdinalIgnoreCase))
            return NetworkOutcome.SchemeNotAllowed;

        text = text[(colon + 1)..];
        if (!text.StartsWith("//"))
            return NetworkOutcome.MalformedUrl;

        text = text[2..];
        return NetworkOutcome.Allowed;
    }

    private static NetworkOutcome ParseAuthority(ReadOnlySpan<char> authority, bool isHttps, out UrlText url)
    {
        url = default;
        var isBracketed = authority[0] == '[';
        var end = isBracketed ? authority.IndexOf(']') : authority.IndexOf(':');
        if (isBracketed && end < 0)
            return NetworkOutcome.MalformedHost;

        var host = isBracketed ? authority[1..end] : end < 0 ? authority : authority[..end];
        var rest = isBracketed ? authority[(end + 1)..] : end < 0 ? [] : authority[end..];
        var port = isHttps ? 443 : 80;
        if (!rest.IsEmpty && (rest[0] != ':' || !TryParsePort(rest[1..], out port)))
            return NetworkOutcome.MalformedHost;

        url = new UrlText(isHttps, host, isBracketed, port);
        return NetworkOutcome.Allowed;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.Length is > 0 and <= 5
            && (text[0] != '0' || text.Length == 1)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port <= ushort.MaxValue;
    }
}
