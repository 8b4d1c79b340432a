using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>A CIDR range over <see cref="AddressBits"/>.</summary>
internal readonly record struct AddressRange(UInt128 Network, int PrefixLength) : IComparable<AddressRange>
{
    private const int MappedBits = 96;

    public static AddressRange Parse(string cidr)
    {
        return TryParse(cidr, out var range) ? range : throw new FormatException("Not a CIDR range.");
    }

    /// <summary>Reads a CIDR range or a single address. Bits beyond the prefix must be zero.</summary>
    public static bool TryParse(string? text, out AddressRange range)
    {
        range = default;
        if (string.IsNullOrEmpty(text))
            return false;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!TryParseAddress(address, out var parsed))
            return false;

        var isIPv4 = parsed.AddressFamily == AddressFamily.InterNetwork;
        var most = isIPv4 ? 32 : 128;
        var length = most;
        if (slash >= 0 && !TryParseLength(text.AsSpan(slash + 1), most, out length))
            return false;

        range = new AddressRange(AddressBits.Of(parsed), isIPv4 ? length + MappedBits : length);
        return (range.Network & ~range.Mask) == UInt128.Zero;
    }

    public bool IsIPv4 => PrefixLength >= MappedBits && AddressBits.IsIPv4(Network);

    /// <summary>
    /// Whether the range takes in all of IPv4, or so much of the address space that it is no network.
    /// </summary>
    public bool IsTooWide => IsIPv4
        ? PrefixLength < MappedBits + 4
        : PrefixLength < 7 || Contains(AddressBits.OfIPv4(0));

    private UInt128 Mask => PrefixLength == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - PrefixLength);

    public bool Contains(UInt128 address) => (address & Mask) == Network;

    public int CompareTo(AddressRange other) => (Network, PrefixLength).CompareTo((other.Network, other.PrefixLength));

    private static bool TryParseAddress(string text, out IPAddress address)
    {
        // The parser also takes 10.1 and 0x0a000001, which are too easily something else than was meant.
        return IPAddress.TryParse(text, out address!)
            && (address.AddressFamily == AddressFamily.InterNetwork
                ? address.ToString() == text
                : !text.Contains('%', StringComparison.Ordinal) && !text.StartsWith('['));
    }

    private static bool TryParseLength(ReadOnlySpan<char> text, int most, out int length)
    {
        length = 0;
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0'))
            return false;

        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            length = (length * 10) + (digit - '0');
        }

        return length <= most;
    }
}
