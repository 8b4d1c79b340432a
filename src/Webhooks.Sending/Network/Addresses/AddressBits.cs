using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>
/// Addresses as 128-bit numbers. IPv4 takes its v4-mapped place, so that an address has one number however it is
/// spelled; the zone of an IPv6 address has no part in it.
/// </summary>
internal static class AddressBits
{
    private static readonly UInt128 MappedPrefix = new(0, 0x0000_FFFF_0000_0000);

    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);

        return address.AddressFamily == AddressFamily.InterNetwork
            ? OfIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static UInt128 OfIPv4(uint address) => MappedPrefix | address;

    public static bool IsIPv4(UInt128 bits) => bits >> 32 == MappedPrefix >> 32;
}
