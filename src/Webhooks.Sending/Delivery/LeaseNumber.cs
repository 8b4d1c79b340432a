using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary>What leases are known by.</summary>
internal static class LeaseNumber
{
    /// <summary>One that nobody has used before.</summary>
    public static long New()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
