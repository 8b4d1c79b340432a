namespace Webhooks;

internal sealed class LimitedRetryPolicy : RetryPolicy
{
    private readonly RetryPolicy _inner;
    private readonly int _maxAttempts;
    private readonly TimeSpan _maxTotalTime;

    public LimitedRetryPolicy(RetryPolicy inner, int maxAttempts, TimeSpan maxTotalTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTotalTime, TimeSpan.Zero);
        _inner = inner;
        _maxAttempts = maxAttempts;
        _maxTotalTime = maxTotalTime;
    }

    public override int MaxAttempts => Math.Min(_maxAttempts, _inner.MaxAttempts);

    public override TimeSpan MaxTotalTime
        => _maxTotalTime < _inner.MaxTotalTime ? _maxTotalTime : _inner.MaxTotalTime;

    public override RetryDecision Decide(RetryContext context) => _inner.Decide(context);
}
