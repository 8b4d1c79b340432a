using System.Buffers.Text;
using System.Diagnostics;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>The machine's monotonic time as the first bytes of a payload.</summary>
internal static class Stamp
{
    public const int Length = 16;

    public static byte[] NewPayload(int length)
    {
        var payload = Payloads.Random(length);
        Utf8Formatter.TryFormat(Stopwatch.GetTimestamp(), payload, out _, new System.Buffers.StandardFormat('D', Length));
        return payload;
    }

    public static long Read(ReadOnlySpan<byte> payload) =>
        Utf8Parser.TryParse(payload[..Length], out long stamp, out _) ? stamp : throw new FormatException("No timestamp.");
}
