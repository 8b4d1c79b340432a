namespace Webhooks;

/// <summary>The forms of a URL that Twilio may have signed: its own libraries disagree about the port.</summary>
internal static class TwilioUrl
{
    private const string DigestName = "bodySHA256=";

    public static IEnumerable<string> FormsOf(string url)
    {
        yield return url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed))
        {
            yield break;
        }

        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '#') is var length and >= 0 ? start + length : url.Length;
        var host = url.AsSpan(start, end - start);
        var port = host[(host.LastIndexOf('@') + 1)..] is var bare && bare.LastIndexOf(':') > bare.LastIndexOf(']')
            ? start + host.LastIndexOf(':')
            : -1;
        yield return port < 0 ? url.Insert(end, $":{parsed.Port}") : url.Remove(port, end - port);
    }

    /// <summary>The digest of the body that the URL names, or null.</summary>
    public static string? DigestIn(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? null : url[(query + 1)..].Split('&')
            .FirstOrDefault(pair => pair.StartsWith(DigestName, StringComparison.Ordinal))?[DigestName.Length..];
    }
}
