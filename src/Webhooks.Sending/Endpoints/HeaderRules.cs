using System.Buffers;
using System.Collections.Frozen;

namespace Webhooks;

/// <summary>
/// The one place that says which headers users may add to a request. Checked when an endpoint or message is made, and
/// again, cheaply, as each header goes into a request: the platform writes line breaks in a value out as they stand.
/// Messages name the header, never its value: values may be secrets.
/// </summary>
internal static class HeaderRules
{
    public const int MaxCount = 32;
    public const int MaxLength = 1024;
    public const int MaxTotalLength = 4096;

    // A credential may be a long token, so it has a bound of its own.
    public const int MaxCredentialLength = 8192;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Framing, hop-by-hop, what the library itself writes, and what turns a request into one to a metadata service.
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Accept-Encoding", "Allow", "Authorization", "baggage", "Connection", "Cookie", "Cookie2", "Date", "Expect",
        "Expires", "Forwarded", "Host", "HTTP2-Settings", "Keep-Alive", "Last-Modified", "Metadata", "Metadata-Flavor",
        "Set-Cookie", "TE", "traceparent", "tracestate", "Trailer", "Transfer-Encoding", "Upgrade", "Via",
        "X-aws-ec2-metadata-token", "X-aws-ec2-metadata-token-ttl-seconds", "X-Google-Metadata-Request",
        "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "X-Real-IP");

    private static readonly string[] ReservedPrefixes = ["Content-", "Proxy-", "Sec-", "webhook-", "X-Forwarded-"];

    public static bool IsReserved(string name)
        => Reserved.Contains(name)
           || Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    public static bool IsToken(string name)
        => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Visible ASCII, with spaces and tabs inside but not around.</summary>
    public static bool IsFieldValue(string value)
    {
        if (value.Length == 0)
            return true;
        if (value[0] is ' ' or '\t' || value[^1] is ' ' or '\t')
            return false;

        var span = value.AsSpan();
        if (!span.ContainsAnyExceptInRange(' ', '~'))
            return true;

        foreach (var c in span)
        {
            if (c is not ('\t' or (>= ' ' and <= '~')))
                return false;
        }

        return true;
    }

    /// <summary>Refuses a header that a user must not add.</summary>
    public static void Check(string name, string? value)
    {
        CheckSyntax(name, value, MaxLength);
        if (IsReserved(name))
        {
            throw new ArgumentException(
                $"The header '{name}' is reserved: the library, the protocol or a metadata service gives it a meaning. "
                + "Remove it; credentials belong in WebhookEndpoint.Authorization.");
        }
    }

    /// <summary>Refuses a header that can't be written as one line of ASCII.</summary>
    public static void CheckSyntax(string name, string? value, int maxLength)
    {
        if (!IsToken(name))
            throw new ArgumentException("A header's name is a token: ASCII letters, digits and !#$%&'*+-.^_`|~.");
        if (value is null || !IsFieldValue(value))
        {
            throw new ArgumentException(
                $"The header '{name}' has a value that can't be sent: use visible ASCII, with spaces and tabs inside "
                + "only and no line breaks.");
        }

        if (name.Length + value.Length > maxLength)
            throw new ArgumentException($"The header '{name}' is longer than {maxLength} bytes: shorten it.");
    }
}
