namespace Webhooks;

/// <summary>What a <see cref="RetryPolicy"/> knows when it decides.</summary>
public sealed class RetryContext
{
    internal RetryContext(WebhookAttempt lastAttempt, TimeSpan elapsed, WebhookEndpoint endpoint, Random random)
    {
        LastAttempt = lastAttempt;
        Elapsed = elapsed;
        Endpoint = endpoint;
        Random = random;
    }

    /// <summary>The attempt that has just failed; its number is how many there were so far.</summary>
    public WebhookAttempt LastAttempt { get; }

    /// <summary>How many attempts there were so far, at least 1.</summary>
    public int AttemptCount => LastAttempt.Number;

    /// <summary>The time from the start of the first attempt until now.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Where the message goes.</summary>
    public WebhookEndpoint Endpoint { get; }

    /// <summary>The randomness to use for jitter, so that tests can repeat it; safe to use from many threads.</summary>
    public Random Random { get; }
}
