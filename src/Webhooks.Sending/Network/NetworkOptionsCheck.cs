namespace Webhooks;

/// <summary>Says everything that is wrong with <see cref="NetworkOptions"/>, naming the option and the mend.</summary>
internal static class NetworkOptionsCheck
{
    public static IEnumerable<string> FindErrors(NetworkOptions options) =>
    [
        .. Check(nameof(options.AllowedNetworks), options.AllowedNetworks, CheckNetwork),
        .. Check(nameof(options.AllowedHosts), options.AllowedHosts, CheckHost),
        .. Check(nameof(options.AllowedPorts), options.AllowedPorts, CheckPort),
        .. CheckSpan(nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromMinutes(2)),
        .. CheckSpan(nameof(options.ConnectionLifetime), options.ConnectionLifetime, TimeSpan.FromMinutes(5)),
        .. CheckSpan(nameof(options.ConnectionIdleTimeout), options.ConnectionIdleTimeout, TimeSpan.FromMinutes(5)),
        .. CheckConnections(options.MaxConnectionsPerServer),
    ];

    private static IEnumerable<string> Check(string option, IList<string> values, Func<string, string?> findMend)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (findMend(values[i]) is { } mend)
                yield return $"Network.{option}[{i}] is '{values[i]}'; {mend}.";
        }
    }

    private static string? CheckNetwork(string network)
    {
        if (!AddressRange.TryParse(network, out var range))
            return "write a CIDR such as 10.0.0.0/8, with no bits set beyond the prefix, or a single address";

        return range.IsTooWide
            ? "that would turn the guard off; write the network that is meant, such as 10.0.0.0/8 or fd12:3456::/32"
            : null;
    }

    private static string? CheckHost(string host)
    {
        var name = host?.StartsWith("*.", StringComparison.Ordinal) == true ? host[2..] : host;
        return HostName.CheckSyntax(name) == NetworkOutcome.Allowed
            ? null
            : "write a host name in ASCII such as receiver or hooks.corp, or *.corp for all names below corp";
    }

    private static string? CheckPort(string port)
    {
        if (!AllowedPortSet.TryParse(port, out var range))
            return "write a port from 1 to 65535 such as 8443, or a range such as 1024-65535";

        return range.First == range.Last && AllowedPortSet.IsServicePort(range.First)
            ? "that port belongs to another service and is never sent to; have the receiver listen on another"
            : null;
    }

    private static IEnumerable<string> CheckSpan(string option, TimeSpan value, TimeSpan most)
    {
        if (value <= TimeSpan.Zero || value > most)
            yield return $"Network.{option} is {value}; set it above zero and to at most {most}.";
    }

    private static IEnumerable<string> CheckConnections(int value)
    {
        if (value < 1)
            yield return $"Network.{nameof(NetworkOptions.MaxConnectionsPerServer)} is {value}; set it to 1 or more.";
    }
}
