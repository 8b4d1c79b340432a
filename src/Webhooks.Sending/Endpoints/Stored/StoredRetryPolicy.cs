namespace Webhooks;

/// <summary>Makes retry policies of what is stored of them; <see cref="RetryPolicy.Describe"/> is the way
/// there.</summary>
internal static class StoredRetryPolicy
{
    /// <exception cref="FormatException">The kind isn't known.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static RetryPolicy? Read(RetrySettings? stored)
    {
        if (stored is null)
            return null;

        var policy = stored.Kind switch
        {
            RetrySettings.Standard => RetryPolicy.StandardWebhooks,
            RetrySettings.Schedule when stored.Delays is null or [] => RetryPolicy.None,
            RetrySettings.Schedule => new ScheduleRetryPolicy(stored.Delays, RetryJitter.Read(stored.Jitter)),
            RetrySettings.Exponential => new ExponentialRetryPolicy(
                stored.BaseDelay, stored.Factor, stored.MaxDelay, stored.Attempts, RetryJitter.Read(stored.Jitter)),
            _ => throw new FormatException("The kind of its retry policy isn't known here."),
        };
        return stored.MaxAttempts is null && stored.MaxTotalTime is null
            ? policy
            : policy.WithLimits(stored.MaxAttempts, stored.MaxTotalTime);
    }
}
