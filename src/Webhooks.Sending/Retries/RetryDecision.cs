namespace Webhooks;

/// <summary>What a <see cref="RetryPolicy"/> answers: wait this long and try again, or stop. Stop is the
/// default.</summary>
public readonly record struct RetryDecision
{
    private RetryDecision(TimeSpan delay)
    {
        ShouldRetry = true;
        Delay = delay;
    }

    /// <summary>No further attempt.</summary>
    public static RetryDecision Stop => default;

    /// <summary>Whether there should be another attempt.</summary>
    public bool ShouldRetry { get; }

    /// <summary>How long to wait, counted from the end of the last attempt; zero means at once.</summary>
    public TimeSpan Delay { get; }

    /// <summary>Another attempt, after a wait.</summary>
    /// <param name="delay">How long to wait; negative counts as zero.</param>
    public static RetryDecision After(TimeSpan delay) => new(delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
}
