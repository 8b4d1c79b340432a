namespace Webhooks;

/// <summary>Decodes the ASCII form of international labels (RFC 3492, section 6.2).</summary>
internal static class Punycode
{
    /// <summary>The most code points that a label of 63 characters can hold.</summary>
    public const int MaxLength = 63;

    private const int Base = 36;
    private const int SmallestThreshold = 1;
    private const int LargestThreshold = 26;

    public static bool TryDecode(ReadOnlySpan<char> text, Span<int> output, out int count)
    {
        var delimiter = text.LastIndexOf('-');
        count = Math.Max(delimiter, 0);
        for (var i = 0; i < count; i++)
            output[i] = text[i];

        text = text[(delimiter + 1)..];
        var (codePoint, position, bias) = (0x80, 0, 72);
        while (!text.IsEmpty)
        {
            var before = position;
            if (!TryReadNumber(ref text, bias, ref position))
                return false;

            count++;
            bias = Adapt(position - before, count, before == 0);
            codePoint += position / count;
            position %= count;
            if (codePoint > 0x10FFFF || count > output.Length)
                return false;

            output[position..(count - 1)].CopyTo(output[(position + 1)..]);
            output[position++] = codePoint;
        }

        return count > 0;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> text, int bias, ref int number)
    {
        var (value, weight) = ((long)number, 1L);
        for (var k = Base; ; k += Base)
        {
            if (text.IsEmpty || !TryReadDigit(text[0], out var digit))
                return false;

            text = text[1..];
            value += digit * weight;
            var threshold = Math.Clamp(k - bias, SmallestThreshold, LargestThreshold);
            if (value > int.MaxValue)
                return false;
            if (digit < threshold)
                break;

            weight *= Base - threshold;
            if (weight > int.MaxValue)
                return false;
        }

        number = (int)value;
        return true;
    }

    private static bool TryReadDigit(char character, out int digit)
    {
        digit = character switch
        {
            >= 'a' and <= 'z' => character - 'a',
            >= 'A' and <= 'Z' => character - 'A',
            >= '0' and <= '9' => character - '0' + 26,
            _ => -1,
        };
        return digit >= 0;
    }

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - SmallestThreshold) * LargestThreshold / 2; k += Base)
            delta /= Base - SmallestThreshold;

        return k + ((Base - SmallestThreshold + 1) * delta / (delta + 38));
    }
}
