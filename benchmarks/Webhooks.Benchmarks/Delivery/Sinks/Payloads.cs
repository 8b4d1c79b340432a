using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Payloads that don't compress and that programs which want text can carry too.</summary>
internal static class Payloads
{
    public const int Length = 1024;

    public static byte[] Random(int length = Length) =>
        Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length));
}
