using System.Globalization;

namespace Webhooks;

/// <summary>Reads the <c>Retry-After</c> response header. What can't be trusted is ignored, never guessed at.</summary>
internal static class RetryAfter
{
    // As many digits as always fit a long; a longer number is past every bound anyway.
    private const int MaxDigits = 18;

    // HTTP's own form, and the two older ones that it asks everyone to understand.
    private static readonly string[] DateFormats =
        ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    /// <summary>The wait a receiver asks for, bounded; null when it asks for none that can be understood.</summary>
    public static TimeSpan? Parse(ReadOnlySpan<char> value, DateTimeOffset now, TimeSpan max)
    {
        value = value.Trim(" \t");
        if (value.IsEmpty)
            return null;

        return char.IsAsciiDigit(value[0]) ? ParseSeconds(value, max) : ParseDate(value, now, max);
    }

    private static TimeSpan? ParseSeconds(ReadOnlySpan<char> digits, TimeSpan max)
    {
        if (digits.ContainsAnyExceptInRange('0', '9'))
            return null;

        digits = digits.TrimStart('0');
        if (digits.Length > MaxDigits)
            return max;

        var seconds = 0L;
        foreach (var digit in digits)
            seconds = (seconds * 10) + (digit - '0');
        return seconds >= max.TotalSeconds ? max : TimeSpan.FromSeconds(seconds);
    }

    private static TimeSpan? ParseDate(ReadOnlySpan<char> text, DateTimeOffset now, TimeSpan max)
    {
        if (!DateTimeOffset.TryParseExact(
                text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            || date <= now)
            return null;

        return date - now < max ? date - now : max;
    }
}
