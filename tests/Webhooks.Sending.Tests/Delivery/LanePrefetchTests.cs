using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

public sealed class LanePrefetchTests
{
    private const int Concurrency = 10;

    private readonly FakeTimeProvider _time = new(The.Now);
    private readonly DispatchClock _clock;
    private readonly LanePrefetch _prefetch;

    public LanePrefetchTests()
    {
        _clock = new DispatchClock(_time);
        _prefetch = new LanePrefetch(512, _clock);
    }

    private int Target => _prefetch.Target(Concurrency);

    [Fact]
    public void A_lane_begins_with_little_more_than_its_concurrency()
    {
        Assert.Equal(15, Target);
        Assert.Equal(1, _prefetch.Target(1));
    }

    [Fact]
    public void A_fast_lane_doubles_each_time_it_runs_dry_up_to_the_most()
    {
        var targets = new List<int>();
        for (var round = 0; round < 7; round++)
        {
            RunDry(TimeSpan.FromMilliseconds(2));
            targets.Add(Target);
        }

        Assert.Equal([30, 60, 120, 240, 480, 512, 512], targets);
    }

    [Fact]
    public void Running_dry_counts_once_for_what_it_was_given()
    {
        _prefetch.OnGranted(_clock.Now);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _prefetch.OnFinished(succeeded: true);

        Assert.True(_prefetch.OnDry(Concurrency, _clock.Now));
        Assert.False(_prefetch.OnDry(Concurrency, _clock.Now));
        Assert.InRange(Target, 16, 30);
    }

    [Fact]
    public void A_slow_lane_holds_what_it_does_in_half_a_second_and_little_more()
    {
        for (var round = 0; round < 10; round++)
            RunDry(TimeSpan.FromSeconds(2));

        Assert.InRange(Target, 15, 25);
    }

    [Fact]
    public void A_lane_that_hangs_holds_no_more_than_at_first()
    {
        _prefetch.OnGranted(_clock.Now);
        _time.Advance(TimeSpan.FromSeconds(20));

        _prefetch.OnDry(Concurrency, _clock.Now);

        Assert.Equal(15, Target);
    }

    [Fact]
    public void Failures_bring_it_back_down()
    {
        for (var round = 0; round < 7; round++)
            RunDry(TimeSpan.FromMilliseconds(2));

        for (var failure = 0; failure < 10; failure++)
            _prefetch.OnFinished(succeeded: false);

        Assert.Equal(15, Target);
    }

    private void RunDry(TimeSpan elapsed)
    {
        _prefetch.OnGranted(_clock.Now);
        for (var finished = Target; finished > 0; finished--)
            _prefetch.OnFinished(succeeded: true);
        _time.Advance(elapsed);
        _prefetch.OnDry(Concurrency, _clock.Now);
    }
}
