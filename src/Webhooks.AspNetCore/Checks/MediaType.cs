namespace Webhooks;

/// <summary>Compares media types without their parameters.</summary>
internal static class MediaType
{
    public static bool IsAmong(string[] accepted, string? contentType)
    {
        if (accepted.Length == 0)
            return true;

        var bare = contentType.AsSpan();
        var semicolon = bare.IndexOf(';');
        if (semicolon >= 0)
            bare = bare[..semicolon];
        bare = bare.Trim(' ');

        foreach (var type in accepted)
        {
            if (bare.Equals(type, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>One type and one subtype, no wildcard and no parameters.</summary>
    public static bool IsWellFormed(string? text) =>
        text?.Split('/') is [var type, var subtype] && type != "*" && subtype != "*"
        && Token.IsToken(type) && Token.IsToken(subtype);
}
