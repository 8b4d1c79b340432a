using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>The addresses that requests may come from. IPv4 and IPv6 are kept apart, so that no network of the one lets
/// in an address of the other.</summary>
internal sealed class AddressList(params IEnumerable<IPNetwork> networks)
{
    private readonly AddressRanges _ranges4 = RangesOf(networks, AddressFamily.InterNetwork);
    private readonly AddressRanges _ranges6 = RangesOf(networks, AddressFamily.InterNetworkV6);

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

        var bits = AddressBits.Of(address);
        return (AddressBits.IsIPv4(bits) ? _ranges4 : _ranges6).Contains(bits);
    }

    private static AddressRanges RangesOf(IEnumerable<IPNetwork> networks, AddressFamily family) => new(networks
        .Where(network => network.BaseAddress.AddressFamily == family)
        .Select(network =>
        {
            var first = AddressBits.Of(network.BaseAddress);
            var free = (family == AddressFamily.InterNetwork ? 32 : 128) - network.PrefixLength;
            return (first, free == 128 ? UInt128.MaxValue : first | ((UInt128.One << free) - UInt128.One));
        }));

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

    /// <summary>An address as it is written down: not mapped, and without a zone.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;
    }
}
