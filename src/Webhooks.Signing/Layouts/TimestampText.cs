using System.Globalization;

namespace Webhooks;

/// <summary>
/// Reads and writes timestamps. The reader takes ASCII digits and nothing else: the platform's number parsers also
/// take signs, spaces, trailing zero bytes and other scripts' digits, which would let a header differ from what was
/// signed.
/// </summary>
internal static class TimestampText
{
    // Enough for any clock, and a thousand times the value still fits.
    private const int MaximumDigits = 15;

    private static Cached? _lastSeconds;

    /// <summary>Reads a timestamp as milliseconds since 1970.</summary>
    public static bool TryRead(TimestampFormat format, ReadOnlySpan<char> text, out long milliseconds)
    {
        switch (format)
        {
            case TimestampFormat.Rfc3339:
                return Rfc3339.TryRead(text, out milliseconds);
            case TimestampFormat.UnixMilliseconds:
                return TryReadDigits(text, out milliseconds);
            default:
                var valid = TryReadDigits(text, out var seconds);
                milliseconds = seconds * 1000;
                return valid;
        }
    }

    /// <summary>Writes a timestamp. Within one second the same string is given out again.</summary>
    public static string Write(TimestampFormat format, DateTimeOffset timestamp)
    {
        switch (format)
        {
            case TimestampFormat.Rfc3339:
                return timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            case TimestampFormat.UnixMilliseconds:
                return timestamp.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            default:
                var seconds = timestamp.ToUnixTimeSeconds();
                var last = _lastSeconds;
                if (last?.Seconds != seconds)
                {
                    _lastSeconds = last = new Cached(seconds, seconds.ToString(CultureInfo.InvariantCulture));
                }

                return last.Text;
        }
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > MaximumDigits || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
            {
                return false;
            }

            value = value * 10 + (character - '0');
        }

        return true;
    }

    private sealed record Cached(long Seconds, string Text);
}
