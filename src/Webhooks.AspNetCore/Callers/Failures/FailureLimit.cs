namespace Webhooks;

/// <summary>A source's <see cref="WebhookFailureLimitOptions"/>, checked.</summary>
internal sealed record FailureLimit(int Burst, TimeSpan Interval, TimeSpan ExemptFor)
{
    /// <returns>Null if there is no limit.</returns>
    public static FailureLimit? Compile(WebhookFailureLimitOptions options, Action<string, string> fail)
    {
        if (options.Burst is < 1 or > 1_000_000)
            fail("FailureLimit.Burst", "must be from 1 to 1000000 failures.");
        if (options.Interval < TimeSpan.FromMilliseconds(10) || options.Interval > TimeSpan.FromHours(1))
            fail("FailureLimit.Interval", "must be from 10 milliseconds to one hour.");
        if (options.ExemptFor < TimeSpan.FromMinutes(1) || options.ExemptFor > TimeSpan.FromDays(30))
            fail("FailureLimit.ExemptFor", "must be from one minute to 30 days.");
        return options.Enabled ? new FailureLimit(options.Burst, options.Interval, options.ExemptFor) : null;
    }
}
