using System.Threading.RateLimiting;

namespace Webhooks;

/// <summary>
/// Never more than so many attempts in any stretch of the period. A rate limiter of the platform's kind, but on
/// <see cref="TimeProvider"/>; those that come with it read the system's clock. Remembers when the attempts began: each
/// one up to 1024, larger limits in groups that count as their latest.
/// </summary>
internal sealed class EndpointRateLimiter : RateLimiter
{
    private const int MaxMarks = 1024;
    private const int Batches = 10;

    private readonly Lock _lock = new();
    private readonly DispatchClock _clock;
    private readonly TimeSpan _period;
    private readonly long[] _marks;
    private readonly int _groupSize;
    private int _oldest;
    private int _groups;
    private int _inNewest;

    public EndpointRateLimiter(EndpointRateLimit limit, TimeProvider timeProvider)
    {
        _clock = new DispatchClock(timeProvider);
        _period = limit.Period;
        _groupSize = ((limit.Attempts - 1) / MaxMarks) + 1;
        _marks = new long[limit.Attempts / _groupSize];
    }

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Forget(_clock.Now);
            return new RateLimiterStatistics { CurrentAvailablePermits = Available };
        }
    }

    /// <summary>Acquiring zero says whether there is a permit, and otherwise how long until there are some.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (_lock)
        {
            var now = _clock.Now;
            Forget(now);
            if (Available == 0)
                return new EndpointRateLimitLease(UntilSome(now));
            if (permitCount > 0)
                Mark(now);
            return EndpointRateLimitLease.Granted;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount, CancellationToken cancellationToken)
        => new(AttemptAcquireCore(permitCount));

    private int Available
        => ((_marks.Length - _groups) * _groupSize) + (_groups > 0 ? _groupSize - _inNewest : 0);

    private void Forget(long now)
    {
        while (_groups > 0 && _clock.Between(_marks[_oldest], now) >= _period)
        {
            _oldest = (_oldest + 1) % _marks.Length;
            _groups--;
        }
    }

    private void Mark(long now)
    {
        if (_groups == 0 || _inNewest == _groupSize)
        {
            _groups++;
            _inNewest = 0;
        }

        _inNewest++;
        _marks[(_oldest + _groups - 1) % _marks.Length] = now;
    }

    // Waiting for a tenth of the limit and not for each permit spares many small claims.
    private TimeSpan UntilSome(long now)
    {
        var groups = Math.Max(_marks.Length / Batches, 1);
        return _period - _clock.Between(_marks[(_oldest + groups - 1) % _marks.Length], now);
    }
}
