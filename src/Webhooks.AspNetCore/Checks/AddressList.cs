using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>The addresses that requests may come from.</summary>
internal sealed class AddressList(IPNetwork[] networks)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out IPNetwork? network)
    {
        network = null;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            return false;

        if (text.Contains('/', StringComparison.Ordinal))
        {
            // The platform cuts off bits after the prefix: whoever wrote 192.0.2.7/24 may have meant one address.
            if (IPNetwork.TryParse(text, out var parsed)
                && TryParseAddress(text[..text.IndexOf('/', StringComparison.Ordinal)], out var written)
                && written.Equals(parsed.BaseAddress))
                network = Unmap(parsed);
        }
        else if (TryParseAddress(text, out var address))
        {
            address = Plain(address);
            network = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }

        return network is not null;
    }

    public bool Contains(IPAddress? address)
    {
        if (address is null)
            return false;

        address = Plain(address);
        foreach (var network in networks)
        {
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>The platform's parser takes "10.1", "0x7f000001" and the octal "010.0.0.1" for addresses, and ports
    /// beside them; in an allowlist that is a slip.</summary>
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? string.Equals(address.ToString(), text, StringComparison.Ordinal)
            : !text.StartsWith('['));

    private static IPNetwork Unmap(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96)
            : network;

    private static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;
    }
}
