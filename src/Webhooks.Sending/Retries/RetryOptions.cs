namespace Webhooks;

/// <summary>A <see cref="RetryPolicy"/> as configuration can hold it, section <c>Retry</c>.</summary>
public sealed class RetryOptions
{
    /// <summary>Which policy; it says which of the other values are read.</summary>
    /// <value>The default is <see cref="RetryKind.StandardWebhooks"/>.</value>
    public RetryKind Kind { get; set; } = RetryKind.StandardWebhooks;

    /// <summary>The wait before the first retry (Exponential) or before every retry (Fixed), at least zero.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What each wait is multiplied by (Exponential), 1 to 1000.</summary>
    /// <value>The default is 2.</value>
    public double Factor { get; set; } = 2;

    /// <summary>The longest wait (Exponential), at least <see cref="BaseDelay"/>.</summary>
    /// <value>The default is 24 hours.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The wait before each retry (Schedule), each at least zero.</summary>
    /// <value>The default is none.</value>
    public IList<TimeSpan> Delays { get; } = [];

    /// <summary>The most attempts, the first included, at least 1; null for the policy's own.</summary>
    /// <value>The default is null: 10 for Fixed and Exponential, one more than there are waits for the
    /// schedules.</value>
    public int? MaxAttempts { get; set; }

    /// <summary>The longest time from the start of the first attempt to the start of the last; null for no
    /// limit.</summary>
    /// <value>The default is null.</value>
    public TimeSpan? MaxTotalTime { get; set; }

    /// <summary>How waits are spread (Fixed, Exponential, Schedule); null for the policy's usual.</summary>
    /// <value>The default is null: <see cref="RetryJitterKind.Full"/> for Exponential, none for the others.</value>
    public RetryJitterKind? Jitter { get; set; }

    /// <summary>The share in percent for <see cref="RetryJitterKind.Percent"/>, 0 to 100.</summary>
    /// <value>The default is 20.</value>
    public double JitterPercent { get; set; } = 20;

    /// <summary>The policy these options describe.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RetryPolicy ToPolicy()
    {
        const int usualAttempts = 10;
        var policy = Kind switch
        {
            RetryKind.StandardWebhooks => RetryPolicy.StandardWebhooks,
            RetryKind.None => RetryPolicy.None,
            RetryKind.Fixed => RetryPolicy.Fixed(BaseDelay, MaxAttempts ?? usualAttempts, ToJitter()),
            RetryKind.Exponential => RetryPolicy.Exponential(
                BaseDelay, MaxAttempts ?? usualAttempts, Factor, MaxDelay, ToJitter()),
            RetryKind.Schedule => RetryPolicy.Schedule(Delays, ToJitter()),
            _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Not a kind of retry policy."),
        };
        return MaxAttempts is null && MaxTotalTime is null ? policy : policy.WithLimits(MaxAttempts, MaxTotalTime);
    }

    private RetryJitter ToJitter() => Jitter switch
    {
        null => Kind == RetryKind.Exponential ? RetryJitter.Full : RetryJitter.None,
        RetryJitterKind.None => RetryJitter.None,
        RetryJitterKind.Full => RetryJitter.Full,
        RetryJitterKind.Equal => RetryJitter.Equal,
        RetryJitterKind.Percent => RetryJitter.Percent(JitterPercent),
        _ => throw new ArgumentOutOfRangeException(nameof(Jitter), Jitter, "Not a kind of jitter."),
    };
}
