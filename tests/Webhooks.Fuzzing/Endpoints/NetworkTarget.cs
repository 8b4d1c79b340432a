using System.Net;
using System.Net.Sockets;

namespace Webhooks.Fuzzing;

/// <summary>Networks that requests may come from (first line), and addresses (second).</summary>
public sealed class NetworkTarget() : FuzzTarget("networks")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "192.0.2.0/24\n192.0.2.7"u8.ToArray(), "2001:db8::/32\n2001:db8::1"u8.ToArray(), "::ffff:192.0.2.0/120\n192.0.2.9"u8.ToArray(),
        "203.0.113.7\n::ffff:203.0.113.7"u8.ToArray(), "010.0.0.1\n8.0.0.1"u8.ToArray(), "fe80::1%1\nfe80::1"u8.ToArray(),
        "0.0.0.0/0\n255.255.255.255"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var (first, second) = InputText.Split(input);
        if (!AddressList.TryParse(first, out var parsed) || parsed is not { } network)
            return;

        Law.Holds(AddressList.TryParse(network.ToString(), out var again) && again == network, $"'{network}' is read again");
        CheckWritten(first.Trim(), network);
        var list = new AddressList([network]);
        Law.Holds(list.Contains(network.BaseAddress), "a network has its own address");
        if (IPAddress.TryParse(second, out var address))
            Law.AreEqual(IsWithin(network, address), list.Contains(address), $"whether {network} has {address}");
    }

    /// <summary>What is allowed is what the text says to a reader who knows decimal numbers.</summary>
    private static void CheckWritten(string text, IPNetwork network)
    {
        if (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork && !text.Contains(':', StringComparison.Ordinal))
            Law.AreEqual(network.BaseAddress.ToString(), text.Split('/')[0], "the address as it is written");
    }

    private static bool IsWithin(IPNetwork network, IPAddress address)
    {
        var (low, bits) = (network.BaseAddress.GetAddressBytes(), network.PrefixLength);
        var high = address.IsIPv4MappedToIPv6 ? address.MapToIPv4().GetAddressBytes() : address.GetAddressBytes();
        return low.Length == high.Length
            && Enumerable.Range(0, bits).All(bit => ((low[bit / 8] ^ high[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }
}
