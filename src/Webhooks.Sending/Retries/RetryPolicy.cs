namespace Webhooks;

/// <summary>
/// Decides when a failed message is tried again. Policies are immutable and shared between sends; derive from this
/// class for your own. Whatever a policy says, a success, <c>410 Gone</c>, an obeyed <c>webhook-delivery</c> response
/// header and a request that can only ever fail end the attempts, and <c>Retry-After</c> can make a wait longer but
/// never shorter.
/// </summary>
public abstract class RetryPolicy
{
    /// <summary>
    /// The Standard Webhooks schedule, the default: 10 attempts, the retries after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h,
    /// 14 h, 20 h and 24 h (some 75 hours in all), each wait shifted by up to 20 % either way.
    /// </summary>
    public static RetryPolicy StandardWebhooks { get; } = new ScheduleRetryPolicy(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
            TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
            TimeSpan.FromHours(24),
        ],
        RetryJitter.Percent(20));

    /// <summary>One attempt, no retry.</summary>
    public static RetryPolicy None { get; } = new ScheduleRetryPolicy([], RetryJitter.None);

    /// <summary>The most attempts there may be, the first included, at least 1. Unlimited unless overridden.</summary>
    public virtual int MaxAttempts => int.MaxValue;

    /// <summary>
    /// The longest time from the start of the first attempt to the start of the last; an attempt that would start later
    /// isn't made. Unlimited unless overridden.
    /// </summary>
    public virtual TimeSpan MaxTotalTime => TimeSpan.MaxValue;

    /// <summary>The same wait before every retry.</summary>
    /// <param name="interval">The wait, at least zero.</param>
    /// <param name="maxAttempts">The most attempts, the first included, at least 1.</param>
    /// <param name="jitter">How waits are spread; <see cref="RetryJitter.None"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RetryPolicy Fixed(TimeSpan interval, int maxAttempts, RetryJitter jitter = default)
        => new ExponentialRetryPolicy(interval, 1, interval, maxAttempts, jitter);

    /// <summary>Waits that grow by a factor: base, base × factor, base × factor² …, up to a cap.</summary>
    /// <param name="baseDelay">The wait before the first retry, at least zero.</param>
    /// <param name="maxAttempts">The most attempts, the first included, at least 1.</param>
    /// <param name="factor">What each wait is multiplied by, 1 to 1000; 2 unless given.</param>
    /// <param name="maxDelay">The longest wait, at least <paramref name="baseDelay"/>; 24 hours (or
    /// <paramref name="baseDelay"/>, when that is longer) unless given.</param>
    /// <param name="jitter">How waits are spread; <see cref="RetryJitter.Full"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RetryPolicy Exponential(
        TimeSpan baseDelay, int maxAttempts, double factor = 2, TimeSpan? maxDelay = null, RetryJitter? jitter = null)
    {
        var cap = maxDelay ?? (baseDelay > TimeSpan.FromHours(24) ? baseDelay : TimeSpan.FromHours(24));
        return new ExponentialRetryPolicy(baseDelay, factor, cap, maxAttempts, jitter ?? RetryJitter.Full);
    }

    /// <summary>A list of waits: one retry for each, so one attempt more than there are waits.</summary>
    /// <param name="delays">The wait before each retry, each at least zero.</param>
    /// <exception cref="ArgumentNullException"><paramref name="delays"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A wait is negative.</exception>
    public static RetryPolicy Schedule(params IEnumerable<TimeSpan> delays) => Schedule(delays, RetryJitter.None);

    /// <summary>A list of waits with jitter: one retry for each, so one attempt more than there are waits.</summary>
    /// <param name="delays">The wait before each retry, each at least zero.</param>
    /// <param name="jitter">How waits are spread.</param>
    /// <exception cref="ArgumentNullException"><paramref name="delays"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A wait is negative.</exception>
    public static RetryPolicy Schedule(IEnumerable<TimeSpan> delays, RetryJitter jitter)
    {
        ArgumentNullException.ThrowIfNull(delays);
        return new ScheduleRetryPolicy([.. delays], jitter);
    }

    /// <summary>This policy with limits; the tighter of its own and the given ones holds.</summary>
    /// <param name="maxAttempts">The most attempts, the first included, at least 1; null leaves it.</param>
    /// <param name="maxTotalTime">The longest time from the start of the first attempt to the start of the last, at
    /// least zero; null leaves it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RetryPolicy WithLimits(int? maxAttempts = null, TimeSpan? maxTotalTime = null)
        => new LimitedRetryPolicy(this, maxAttempts ?? int.MaxValue, maxTotalTime ?? TimeSpan.MaxValue);

    /// <summary>
    /// Decides after a failed attempt. An exception thrown here ends the send as failed and is logged.
    /// </summary>
    /// <param name="context">The attempts so far.</param>
    /// <returns>When to try again, or <see cref="RetryDecision.Stop"/>.</returns>
    public abstract RetryDecision Decide(RetryContext context);

    /// <summary>The policy as data to store, or null when it is code.</summary>
    internal virtual RetrySettings? Describe() => null;
}
