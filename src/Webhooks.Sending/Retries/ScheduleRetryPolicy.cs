namespace Webhooks;

internal sealed class ScheduleRetryPolicy : RetryPolicy
{
    private readonly TimeSpan[] _delays;
    private readonly RetryJitter _jitter;

    public ScheduleRetryPolicy(TimeSpan[] delays, RetryJitter jitter)
    {
        if (Array.Exists(delays, delay => delay < TimeSpan.Zero))
            throw new ArgumentOutOfRangeException(nameof(delays), "Every wait of a retry schedule is at least zero.");

        _delays = delays;
        _jitter = jitter;
    }

    public override int MaxAttempts => _delays.Length + 1;

    internal override RetrySettings Describe() => ReferenceEquals(this, StandardWebhooks)
        ? new() { Kind = RetrySettings.Standard }
        : new() { Kind = RetrySettings.Schedule, Delays = _delays, Jitter = _jitter.Describe() };

    public override RetryDecision Decide(RetryContext context)
        => context.AttemptCount <= _delays.Length
            ? RetryDecision.After(_jitter.Apply(_delays[context.AttemptCount - 1], context.Random))
            : RetryDecision.Stop;
}
