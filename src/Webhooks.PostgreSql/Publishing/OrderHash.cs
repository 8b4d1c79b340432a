using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>
/// Stands for a tenant's ordering key, in the index and as the lock that its publishers take. Two keys that share one
/// wait for each other, which does no harm and hardly happens among 2^63.
/// </summary>
internal static class OrderHash
{
    public static long Of(string tenant, string key)
    {
        var bytes = Encoding.UTF8.GetBytes($"{tenant}\n{key}");
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(bytes)) & long.MaxValue;
    }
}
