namespace Webhooks;

/// <summary>Compares media types without their parameters.</summary>
internal static class MediaType
{
    public static bool IsAmong(string[] accepted, string? contentType)
    {
        if (accepted.Length == 0)
            return true;

        var bare = WithoutParameters(contentType);
        foreach (var type in accepted)
        {
            if (bare.Equals(type, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public static bool Is(string type, string? contentType) =>
        WithoutParameters(contentType).Equals(type, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutParameters(ReadOnlySpan<char> contentType)
    {
        var semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim(' ');
    }

    /// <summary>One type and one subtype, no wildcard and no parameters.</summary>
    public static bool IsWellFormed(string? text) =>
        text?.Split('/') is [var type, var subtype] && type != "*" && subtype != "*"
        && Token.IsToken(type) && Token.IsToken(subtype);
}
