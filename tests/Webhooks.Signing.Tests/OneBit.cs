namespace Webhooks;

/// <summary>Every way to change one bit of a body.</summary>
internal static class OneBit
{
    /// <summary>The same array each time, with another bit changed.</summary>
    public static IEnumerable<byte[]> Changed(byte[] body)
    {
        byte[] changed = [.. body];
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return changed;
            changed[bit / 8] = body[bit / 8];
        }
    }
}
