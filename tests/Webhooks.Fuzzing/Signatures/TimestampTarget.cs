using System.Globalization;
using System.Text.RegularExpressions;

namespace Webhooks.Fuzzing;

/// <summary>Timestamps in the three formats, against a regular expression and the platform's own parsers.</summary>
public sealed partial class TimestampTarget() : FuzzTarget("timestamps")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "0"u8.ToArray(), "1700000000"u8.ToArray(), "1700000000123"u8.ToArray(), "999999999999999"u8.ToArray(),
        "1999-12-31T23:59:59Z"u8.ToArray(), "2026-03-04T05:06:07.123Z"u8.ToArray(),
        "2024-02-29T00:00:00.123456789+14:00"u8.ToArray(), "0001-01-01T00:00:00.5-23:59"u8.ToArray(),
        "9999-12-31T23:59:59.999-00:00"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var text = InputText.Of(input);
        CheckDigits(text);
        CheckRfc3339(text);
    }

    private static void CheckDigits(string text)
    {
        var isNumber = Digits().IsMatch(text);
        var seconds = TimestampText.TryRead(TimestampFormat.UnixSeconds, text, out var ofSeconds);
        var milliseconds = TimestampText.TryRead(TimestampFormat.UnixMilliseconds, text, out var ofMilliseconds);
        Law.AreEqual((isNumber, isNumber), (seconds, milliseconds), $"'{text}' as a number");
        if (!isNumber)
            return;

        var value = long.Parse(text, CultureInfo.InvariantCulture);
        Law.AreEqual((value * 1000, value), (ofSeconds, ofMilliseconds), "the milliseconds");
        Law.AreEqual(text, value.ToString(CultureInfo.InvariantCulture), "the only text of the number");
    }

    private static void CheckRfc3339(string text)
    {
        var isRead = TimestampText.TryRead(TimestampFormat.Rfc3339, text, out var milliseconds);
        var isTime = Time().Match(text) is { Success: true } match
            && DateTime.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var time)
            && time.Second < 60
                ? Expect(match, time)
                : default(long?);
        Law.AreEqual(isTime, isRead ? milliseconds : null, $"'{text}' as RFC 3339");
        if (isRead && milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000)
            CheckRoundTrip(milliseconds);
    }

    private static long? Expect(Match match, DateTime time)
    {
        var fraction = int.Parse(match.Groups[2].Value.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);
        var offset = match.Groups[3].Value == "Z" ? 0 : (int.Parse(match.Groups[4].Value, null) * 60)
            + int.Parse(match.Groups[5].Value, null);
        offset *= match.Groups[3].Value[0] == '-' ? -1 : 1;
        return ((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) + fraction - (offset * 60_000L);
    }

    private static void CheckRoundTrip(long milliseconds)
    {
        foreach (var format in Enum.GetValues<TimestampFormat>())
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            if (time < DateTimeOffset.UnixEpoch && format != TimestampFormat.Rfc3339)
                continue;

            Law.Holds(TimestampText.TryRead(format, TimestampText.Write(format, time), out var read), "what is written is read");
            var exact = format == TimestampFormat.UnixSeconds ? time.ToUnixTimeSeconds() * 1000 : milliseconds;
            Law.AreEqual(exact, read, $"{format} written and read again");
        }
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,14})\z")]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-]([01][0-9]|2[0-3]):([0-5][0-9]))\z")]
    private static partial Regex Time();
}
