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

    internal override RetrySettings? Describe()
    {
        if (_inner.Describe() is not { } inner)
            return null;

        var attempts = Math.Min(_maxAttempts, inner.MaxAttempts ?? int.MaxValue);
        var time = inner.MaxTotalTime is { } limit && limit < _maxTotalTime ? limit : _maxTotalTime;
        return inner with
        {
            MaxAttempts = attempts == int.MaxValue ? null : attempts,
            MaxTotalTime = time == TimeSpan.MaxValue ? null : time,
        };
    }

    public override RetryDecision Decide(RetryContext context) => _inner.Decide(context);
}
