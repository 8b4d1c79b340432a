namespace Webhooks;

/// <summary>What a <see cref="RetryPolicy"/> knows when it decides.</summary>
public sealed class RetryContext
{
    internal RetryContext(
        WebhookAttempt lastAttempt, int attemptCount, TimeSpan elapsed, WebhookEndpoint endpoint, Random random)
    {
        LastAttempt = lastAttempt;
        AttemptCount = attemptCount;
        Elapsed = elapsed;
        Endpoint = endpoint;
        Random = random;
    }

    /// <summary>The attempt that has just failed.</summary>
    public WebhookAttempt LastAttempt { get; }

    /// <summary>How many attempts there were so far, at least 1. A stored message that is redelivered begins anew with
    /// 1, whatever its attempt's number.</summary>
    public int AttemptCount { get; }

    /// <summary>The time from the start of the first of these attempts until now.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Where the message goes.</summary>
    public WebhookEndpoint Endpoint { get; }

    /// <summary>The randomness to use for jitter, so that tests can repeat it; safe to use from many threads.</summary>
    public Random Random { get; }
}
