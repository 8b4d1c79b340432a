using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Tests.Retries;

public sealed class RetryPolicyTests
{
    private static readonly string[] StandardWaits =
        ["0:00:05", "0:05:00", "0:30:00", "2:00:00", "5:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00"];

    [Fact]
    public void The_standard_schedule_is_the_specifications_down_to_the_last_retry()
    {
        var waits = Waits(RetryPolicy.StandardWebhooks);

        Assert.Equal(StandardWaits.Select(wait => TimeSpan.Parse(wait, null)), waits);
        Assert.Equal(10, RetryPolicy.StandardWebhooks.MaxAttempts);
    }

    [Fact]
    public void The_standard_schedule_is_spread_by_twenty_percent()
    {
        var earliest = RetryPolicy.StandardWebhooks.Decide(Some.RetryContext(random: 0));
        var latest = RetryPolicy.StandardWebhooks.Decide(Some.RetryContext(random: 1));

        Assert.Equal(TimeSpan.FromSeconds(4), earliest.Delay);
        Assert.Equal(TimeSpan.FromSeconds(6), latest.Delay);
    }

    [Fact]
    public void Every_policy_makes_the_attempts_it_names()
    {
        Assert.Empty(Waits(RetryPolicy.None));
        Assert.Equal(Seconds(3, 3), Waits(RetryPolicy.Fixed(TimeSpan.FromSeconds(3), maxAttempts: 3)));
        Assert.Equal(Seconds(1, 2, 4, 5, 5), Waits(Exponential(maxAttempts: 6)));
        Assert.Equal(Seconds(9, 0), Waits(RetryPolicy.Schedule(Seconds(9, 0))));
        Assert.Equal(Seconds(1), Waits(Exponential(maxAttempts: 6).WithLimits(maxAttempts: 2)));
        Assert.Empty(Waits(RetryPolicy.StandardWebhooks.WithLimits(maxAttempts: 1)));
        Assert.Equal(10, RetryPolicy.StandardWebhooks.WithLimits(maxAttempts: 50).MaxAttempts);
    }

    [Fact]
    public void The_total_time_counts_to_the_start_of_the_last_attempt()
    {
        var policy = RetryPolicy.Fixed(TimeSpan.FromSeconds(10), 100).WithLimits(maxTotalTime: TimeSpan.FromSeconds(30));

        var justInTime = RetryPlan.Next(policy, Some.RetryContext(3, TimeSpan.FromSeconds(20)));
        var tooLate = RetryPlan.Next(policy, Some.RetryContext(3, TimeSpan.FromSeconds(20.001)));
        var delayedPastIt = RetryPlan.Next(
            policy, Some.RetryContext(2, TimeSpan.FromSeconds(10), retryAfter: TimeSpan.FromSeconds(21)));

        Assert.True(justInTime.ShouldRetry);
        Assert.False(tooLate.ShouldRetry);
        Assert.False(delayedPastIt.ShouldRetry);
    }

    [Fact]
    public void Waits_stay_within_their_bounds_however_many_attempts_there_were()
    {
        var law = Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            ArbMap.Default.ArbFor<NormalFloat>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            (attempts, factor, seconds) =>
            {
                var cap = TimeSpan.FromSeconds(seconds.Get) * 3;
                var policy = RetryPolicy.Exponential(
                    TimeSpan.FromSeconds(seconds.Get), int.MaxValue, 1 + Math.Abs(factor.Get % 999), cap, RetryJitter.None);
                var delay = policy.Decide(Some.RetryContext(attempts == int.MinValue ? 1 : Math.Abs(attempts) + 1)).Delay;
                return delay >= TimeSpan.FromSeconds(seconds.Get) && delay <= cap;
            });

        Check.One(Config.QuickThrowOnFailure, law);
    }

    [Fact]
    public void The_longest_waits_do_not_overflow()
    {
        var endless = RetryPolicy.Exponential(
            TimeSpan.MaxValue, int.MaxValue, 1000, TimeSpan.MaxValue, RetryJitter.Percent(100));
        var nothing = RetryPolicy.Exponential(TimeSpan.Zero, int.MaxValue, 1000);

        Assert.Equal(TimeSpan.MaxValue, endless.Decide(Some.RetryContext(int.MaxValue, random: 0.999)).Delay);
        Assert.Equal(TimeSpan.Zero, nothing.Decide(Some.RetryContext(int.MaxValue, random: 0.999)).Delay);
        Assert.True(RetryPlan.Next(endless, Some.RetryContext(5, TimeSpan.MaxValue - TimeSpan.FromDays(1))) is
        { ShouldRetry: false });
    }

    [Theory]
    [InlineData(0.0, 10.0, 0.0, 5.0, 7.0)]
    [InlineData(0.5, 10.0, 5.0, 7.5, 10.0)]
    [InlineData(1.0, 10.0, 10.0, 10.0, 13.0)]
    public void Jitter_spreads_as_it_says(double random, double none, double full, double equal, double thirtyPercent)
    {
        var delay = TimeSpan.FromSeconds(10);
        var source = new FixedRandom(random);

        Assert.Equal(TimeSpan.FromSeconds(none), RetryJitter.None.Apply(delay, source));
        Assert.Equal(TimeSpan.FromSeconds(full), RetryJitter.Full.Apply(delay, source));
        Assert.Equal(TimeSpan.FromSeconds(equal), RetryJitter.Equal.Apply(delay, source));
        Assert.Equal(thirtyPercent, RetryJitter.Percent(30).Apply(delay, source).TotalSeconds, 6);
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        var second = TimeSpan.FromSeconds(1);

        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Fixed(-second, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Fixed(second, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(second, 2, factor: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(second, 2, factor: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(second, 2, maxDelay: second / 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Schedule(second, -second));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.None.WithLimits(maxAttempts: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryJitter.Percent(101));
    }

    private static RetryPolicy Exponential(int maxAttempts) => RetryPolicy.Exponential(
        TimeSpan.FromSeconds(1), maxAttempts, 2, TimeSpan.FromSeconds(5), RetryJitter.None);

    private static IEnumerable<TimeSpan> Seconds(params int[] seconds) => seconds.Select(s => TimeSpan.FromSeconds(s));

    private static List<TimeSpan> Waits(RetryPolicy policy)
    {
        var waits = new List<TimeSpan>();
        while (waits.Count < 100 && RetryPlan.Next(policy, Some.RetryContext(waits.Count + 1)) is { ShouldRetry: true } next)
            waits.Add(next.Delay);
        return waits;
    }
}
