namespace Webhooks;

/// <summary>The names a policy exempts from <see cref="HostName.CheckUse"/>.</summary>
internal sealed class AllowedHostSet(IEnumerable<string> hosts, bool allowLocalhost)
{
    private static readonly string[] Localhost = ["*.localhost", "localhost"];

    private readonly string[] _hosts =
        [.. hosts.Select(Normalize).Concat(allowLocalhost ? Localhost : []).Distinct().Order(StringComparer.Ordinal)];

    public bool Contains(ReadOnlySpan<char> host)
    {
        host = HostName.WithoutRoot(host);
        foreach (var allowed in _hosts)
        {
            var isMatch = allowed.StartsWith("*.", StringComparison.Ordinal)
                ? host.Length >= allowed.Length && host.EndsWith(allowed.AsSpan(1), StringComparison.OrdinalIgnoreCase)
                : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
            if (isMatch)
                return true;
        }

        return false;
    }

    public override string ToString() => string.Join(',', _hosts);

    private static string Normalize(string host) => HostName.WithoutRoot(host).ToString().ToLowerInvariant();
}
