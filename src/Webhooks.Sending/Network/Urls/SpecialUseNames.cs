namespace Webhooks;

/// <summary>
/// Names that lead somewhere else in every network, or nowhere (RFC 6761, RFC 6762, RFC 8375, RFC 9476), and those that
/// clouds, clusters and offices use for their own.
/// </summary>
internal static class SpecialUseNames
{
    private static readonly string[] Suffixes =
    [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "workgroup",
        "arpa", "onion", "alt", "test", "invalid", "svc", "consul", "metadata.tencentyun.com",
    ];

    public static bool Contains(ReadOnlySpan<char> host)
    {
        foreach (var suffix in Suffixes)
        {
            if (HostName.IsOrIsBelow(host, suffix))
                return true;
        }

        return false;
    }
}
