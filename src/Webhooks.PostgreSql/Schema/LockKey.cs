using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>Keys of advisory locks, which all applications of a database share.</summary>
internal static class LockKey
{
    public static long Of(string schema, string purpose) => BinaryPrimitives.ReadInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"webhooks {purpose} of {schema}")));
}
