using System.Globalization;

namespace Webhooks;

/// <summary>Reads the one shape of RFC 3339 that senders use: <c>2023-01-19T00:13:51.123Z</c>, or with an
/// offset.</summary>
internal static class Rfc3339
{
    private const int SecondsLength = 19;
    private const int MaximumLength = 35;

    public static bool TryRead(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length is <= SecondsLength or > MaximumLength
            || !HasShape(text[..SecondsLength], "0000-00-00T00:00:00")
            || !TrySplitFraction(text[SecondsLength..], out var fraction, out var offset)
            || !TryReadOffset(offset, out var offsetMinutes)
            || !DateTime.TryParseExact(
                text[..SecondsLength], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var time))
        {
            return false;
        }

        milliseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond
            + fraction - offsetMinutes * 60_000L;
        return true;
    }

    private static bool TrySplitFraction(ReadOnlySpan<char> rest, out int milliseconds, out ReadOnlySpan<char> offset)
    {
        milliseconds = 0;
        offset = rest;
        if (rest[0] != '.')
        {
            return true;
        }

        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9)
        {
            return false;
        }

        for (var index = 0; index < 3; index++)
        {
            milliseconds = milliseconds * 10 + (index < digits ? rest[1 + index] - '0' : 0);
        }

        offset = rest[(1 + digits)..];
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z")
        {
            return true;
        }

        if (!HasShape(text, "+00:00") && !HasShape(text, "-00:00"))
        {
            return false;
        }

        var (hours, rest) = ((text[1] - '0') * 10 + text[2] - '0', (text[4] - '0') * 10 + text[5] - '0');
        minutes = (hours * 60 + rest) * (text[0] == '-' ? -1 : 1);
        return hours < 24 && rest < 60;
    }

    /// <summary>Whether a text has digits where the shape has <c>0</c>, and elsewhere the shape's own
    /// characters.</summary>
    private static bool HasShape(ReadOnlySpan<char> text, ReadOnlySpan<char> shape)
    {
        if (text.Length != shape.Length)
        {
            return false;
        }

        for (var index = 0; index < shape.Length; index++)
        {
            if (shape[index] == '0' ? !char.IsAsciiDigit(text[index]) : text[index] != shape[index])
            {
                return false;
            }
        }

        return true;
    }
}
