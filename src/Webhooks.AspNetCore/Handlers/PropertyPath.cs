namespace Webhooks;

/// <summary>The way to a property of a JSON document, through objects only.</summary>
internal static class PropertyPath
{
    /// <summary>Reads a top-level property's name, or a JSON Pointer (RFC 6901) where it begins with a slash.</summary>
    public static string[] Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return text[0] == '/' ? Array.ConvertAll(text[1..].Split('/'), Unescape) : [text];
    }

    // "~1" goes first, so that "~01" becomes "~1" and not "/".
    private static string Unescape(string name) =>
        name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
