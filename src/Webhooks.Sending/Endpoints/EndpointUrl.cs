using System.Buffers;

namespace Webhooks;

/// <summary>What no network policy allows in an endpoint's URL. Which addresses may be reached is judged on
/// connecting.</summary>
internal static class EndpointUrl
{
    private const int MaxLength = 8192;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" \\\t\r\n\0");

    public static Uri Check(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri)
            throw Refuse("isn't absolute: begin it with https://");
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            throw Refuse("has a scheme other than https and http");
        if (url.OriginalString.Length > MaxLength || url.AbsoluteUri.Length > MaxLength)
            throw Refuse($"is longer than {MaxLength} characters");
        if (string.IsNullOrEmpty(url.Host))
            throw Refuse("has no host");
        if (url.UserInfo.Length > 0 || HasEmptyUserInfo(url.OriginalString))
            throw Refuse("has user info before the host: use WebhookAuthorization.Basic");
        if (url.Fragment.Length > 0 || url.OriginalString.Contains('#', StringComparison.Ordinal))
            throw Refuse("has a fragment ('#…'), which is never sent: remove it");
        if (url.OriginalString.AsSpan().ContainsAny(Forbidden))
            throw Refuse("has a space, a backslash or a control character");
        return url;
    }

    // Uri forgets that there was an '@' with nothing before it.
    private static bool HasEmptyUserInfo(string text)
    {
        var start = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var rest = text.AsSpan(start);
        var end = rest.IndexOfAny('/', '?');
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }

    private static ArgumentException Refuse(string why) => new($"The URL {why}.");
}
