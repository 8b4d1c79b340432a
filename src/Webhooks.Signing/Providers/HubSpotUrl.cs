namespace Webhooks;

/// <summary>The form of a URL that HubSpot signs: with some percent-encoded characters decoded ("Validating
/// requests").</summary>
internal static class HubSpotUrl
{
    private const string Decoded = ":/?@!$'()*,;";

    public static string Decode(string url)
    {
        if (!url.Contains('%', StringComparison.Ordinal))
        {
            return url;
        }

        var text = new char[url.Length];
        var length = 0;
        for (var index = 0; index < url.Length; index++)
        {
            var code = url[index] == '%' && index + 2 < url.Length
                && char.IsAsciiHexDigit(url[index + 1]) && char.IsAsciiHexDigit(url[index + 2])
                ? (char)Convert.FromHexString(url.AsSpan(index + 1, 2))[0]
                : '\0';
            var decodes = Decoded.Contains(code, StringComparison.Ordinal);
            text[length++] = decodes ? code : url[index];
            index += decodes ? 2 : 0;
        }

        return new string(text, 0, length);
    }
}
