using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

public sealed class EndpointRateLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new(The.Now);

    [Fact]
    public void As_many_as_the_limit_pass_at_once_and_no_more()
    {
        using var limiter = Limiter(5);

        Assert.Equal(5, TakeAll(limiter));
        Assert.Equal(0, TakeAll(limiter));
    }

    [Fact]
    public void Each_permit_comes_back_after_the_period_and_not_before()
    {
        using var limiter = Limiter(2);
        Take(limiter);
        _clock.Advance(Minute / 2);
        Take(limiter);

        _clock.Advance((Minute / 2) - TimeSpan.FromTicks(1));
        var early = TakeAll(limiter);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(0, early);
        Assert.Equal(1, TakeAll(limiter));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1024)]
    [InlineData(5000)]
    public void No_stretch_of_the_period_has_more_than_the_limit(int limit)
    {
        using var limiter = Limiter(limit);
        var random = new Random(7);
        var taken = new List<DateTimeOffset>();

        for (var step = 0; step < 400; step++)
        {
            for (var tries = random.Next(limit); tries > 0 && Take(limiter); tries--)
                taken.Add(_clock.GetUtcNow());
            _clock.Advance(Minute * random.NextDouble() / 10);
        }

        for (int first = 0, last = limit; last < taken.Count; first++, last++)
            Assert.True(taken[last] - taken[first] >= Minute, $"{limit + 1} within {taken[last] - taken[first]}");
        Assert.True(taken.Count > limit * 10);
    }

    [Fact]
    public void A_refusal_says_when_a_tenth_of_the_permits_is_back()
    {
        using var limiter = Limiter(20);
        for (var i = 0; i < 20; i++)
        {
            Take(limiter);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var refused = limiter.AttemptAcquire();

        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(41), wait);
    }

    [Fact]
    public void Looking_takes_no_permit()
    {
        using var limiter = Limiter(1);

        Assert.True(limiter.AttemptAcquire(0).IsAcquired);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
        Assert.True(Take(limiter));
        Assert.False(limiter.AttemptAcquire(0).IsAcquired);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task Waiting_is_not_done_here_so_a_refusal_comes_at_once()
    {
        using var limiter = Limiter(1);
        Take(limiter);

        using var lease = await limiter.AcquireAsync(1, TestContext.Current.CancellationToken);

        Assert.False(lease.IsAcquired);
    }

    private static bool Take(RateLimiter limiter) => limiter.AttemptAcquire().IsAcquired;

    private static int TakeAll(RateLimiter limiter)
    {
        var count = 0;
        while (Take(limiter))
            count++;
        return count;
    }

    private EndpointRateLimiter Limiter(int attempts) => new(new EndpointRateLimit(attempts, Minute), _clock);
}
