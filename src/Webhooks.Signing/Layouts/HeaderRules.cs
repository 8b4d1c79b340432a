using System.Buffers;

namespace Webhooks;

/// <summary>What holds for the headers of every layout.</summary>
internal static class HeaderRules
{
    private const int MaximumIdLength = 8192;

    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    /// <summary>Whether a header is there exactly once and isn't blank.</summary>
    public static VerificationOutcome Judge(HeaderValue header) => header switch
    {
        { Count: > 1 } => VerificationOutcome.DuplicateHeader,
        { Count: 0 } => VerificationOutcome.MissingHeader,
        _ when string.IsNullOrWhiteSpace(header.Value) => VerificationOutcome.MissingHeader,
        _ => VerificationOutcome.Verified,
    };

    /// <summary>Whether a header is there exactly once, isn't blank, and is printable ASCII.</summary>
    public static VerificationOutcome JudgePlain(HeaderValue header)
    {
        var outcome = Judge(header);
        return outcome == VerificationOutcome.Verified && !IsPlain(header.Value)
            ? VerificationOutcome.MalformedHeader
            : outcome;
    }

    /// <summary>Whether a value is printable ASCII of a bearable length, so that it can be hashed, logged and
    /// stored.</summary>
    public static bool IsPlain(ReadOnlySpan<char> value) =>
        value.Length <= MaximumIdLength && !value.ContainsAnyExcept(Printable);

    /// <summary>Whether a timestamp lies within the tolerance on both sides; the limit itself does.</summary>
    public static VerificationOutcome JudgeAge(
        TimestampFormat format, long milliseconds, DateTimeOffset now, TimeSpan tolerance)
    {
        // A timestamp of whole seconds is compared with whole seconds, or the limit would depend on the fraction.
        var clock = format == TimestampFormat.UnixSeconds
            ? now.ToUnixTimeSeconds() * 1000
            : now.ToUnixTimeMilliseconds();
        var age = clock - milliseconds;
        var limit = (long)tolerance.TotalMilliseconds;
        // However wide the tolerance is, what no DateTimeOffset can hold lies outside.
        return age > limit || milliseconds < First ? VerificationOutcome.TimestampTooOld
            : -age > limit || milliseconds > Last ? VerificationOutcome.TimestampTooNew
            : VerificationOutcome.Verified;
    }
}
