namespace Webhooks;

/// <summary>The parts of a request's URL as RFC 9421, section 2.2, derives components from them: as they were sent,
/// without decoding or resolving anything.</summary>
internal readonly ref struct TargetUri
{
    private TargetUri(ReadOnlySpan<char> whole, ReadOnlySpan<char> scheme, ReadOnlySpan<char> authority, int path)
    {
        var query = whole[path..].IndexOf('?');
        Whole = whole;
        Scheme = scheme;
        Authority = authority;
        Path = query < 0 ? whole[path..] : whole.Slice(path, query);
        Query = query < 0 ? [] : whole[(path + query)..];
    }

    /// <summary>The URL without its fragment.</summary>
    public ReadOnlySpan<char> Whole { get; }

    public ReadOnlySpan<char> Scheme { get; }

    /// <summary>The host and the port as they were sent.</summary>
    public ReadOnlySpan<char> Authority { get; }

    /// <summary>The path; empty if there is none.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>The query with its question mark; empty if there is none.</summary>
    public ReadOnlySpan<char> Query { get; }

    public static bool TryParse(ReadOnlySpan<char> url, out TargetUri target)
    {
        target = default;
        if (!HeaderRules.IsPlain(url) || url.Contains(' '))
            return false;

        var fragment = url.IndexOf('#');
        url = fragment < 0 ? url : url[..fragment];
        var mark = url.IndexOf("://");
        if (mark <= 0)
            return false;

        var start = mark + 3;
        var length = url[start..].IndexOfAny('/', '?');
        var end = length < 0 ? url.Length : start + length;
        var authority = url[start..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        target = new TargetUri(url, url[..mark], authority, end);
        return !authority.IsEmpty;
    }

    /// <summary>The host in lower case, with the port unless it is the scheme's own.</summary>
    public string NormalizeAuthority()
    {
        ReadOnlySpan<char> usual = Scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? ":443"
            : Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? ":80"
            : default;
        var shortened = Authority.EndsWith(':') ? Authority[..^1]
            : !usual.IsEmpty && Authority.EndsWith(usual) ? Authority[..^usual.Length]
            : Authority;
        return shortened.ToString().ToLowerInvariant();
    }
}
