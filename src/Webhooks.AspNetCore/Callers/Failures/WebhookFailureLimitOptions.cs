namespace Webhooks;

/// <summary>How often an address may fail to prove itself before its requests are answered 429, without a look at their
/// bodies.</summary>
/// <remarks>An address whose webhooks verify is never limited, whatever else comes from it. IPv6 addresses count by their
/// /64, and each source counts for itself.</remarks>
public sealed class WebhookFailureLimitOptions
{
    /// <summary>Whether there is a limit.</summary>
    /// <value><see langword="true"/></value>
    public bool Enabled { get; set; } = true;

    /// <summary>How many requests may fail in a row before an address is limited; from 1 to 1,000,000.</summary>
    /// <value>20</value>
    public int Burst { get; set; } = 20;

    /// <summary>How often one request of a limited address is let through all the same, so that a sender whose secret was
    /// mended proves itself soon; also the time after which one failure is forgotten. From 10 milliseconds to one
    /// hour.</summary>
    /// <value>One second</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an address isn't limited after a webhook from it was verified; from one minute to 30
    /// days.</summary>
    /// <value>One day</value>
    public TimeSpan ExemptFor { get; set; } = TimeSpan.FromDays(1);
}
