namespace Webhooks;

internal sealed class ExponentialRetryPolicy : RetryPolicy
{
    private readonly TimeSpan _baseDelay;
    private readonly double _factor;
    private readonly TimeSpan _maxDelay;
    private readonly RetryJitter _jitter;

    public ExponentialRetryPolicy(
        TimeSpan baseDelay, double factor, TimeSpan maxDelay, int maxAttempts, RetryJitter jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baseDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDelay, baseDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        if (!(factor is >= 1 and <= 1000))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor is 1 to 1000.");

        _baseDelay = baseDelay;
        _factor = factor;
        _maxDelay = maxDelay;
        _jitter = jitter;
        MaxAttempts = maxAttempts;
    }

    public override int MaxAttempts { get; }

    internal override RetrySettings Describe() => new()
    {
        Kind = RetrySettings.Exponential,
        BaseDelay = _baseDelay,
        Factor = _factor,
        MaxDelay = _maxDelay,
        Attempts = MaxAttempts,
        Jitter = _jitter.Describe(),
    };

    public override RetryDecision Decide(RetryContext context)
    {
        // The power may be infinite; compared as a double it is simply past the cap. 0 × infinity is not a number.
        var ticks = _baseDelay == TimeSpan.Zero ? 0 : _baseDelay.Ticks * Math.Pow(_factor, context.AttemptCount - 1);
        var delay = ticks < _maxDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : _maxDelay;
        return RetryDecision.After(_jitter.Apply(delay, context.Random));
    }
}
