namespace Webhooks;

/// <summary>How a timestamp is written in a header.</summary>
public enum TimestampFormat
{
    /// <summary>Whole seconds since 1970 in ASCII digits, without sign or leading zero.</summary>
    UnixSeconds,

    /// <summary>Whole milliseconds since 1970 in ASCII digits, without sign or leading zero.</summary>
    UnixMilliseconds,

    /// <summary>A date and time with an offset, as in RFC 3339: <c>2023-01-19T00:13:51Z</c>.</summary>
    Rfc3339,
}
