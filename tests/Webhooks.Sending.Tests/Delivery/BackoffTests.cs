namespace Webhooks.Tests.Delivery;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var backoff = new Backoff(new FixedRandom(0), TimeSpan.FromSeconds(1));

        var waits = Enumerable.Range(0, 6).Select(_ => backoff.Next().TotalMilliseconds);

        Assert.Equal([100, 200, 400, 800, 1000, 1000], waits);
    }

    [Fact]
    public void Waits_are_spread_by_half()
    {
        var backoff = new Backoff(new FixedRandom(1), TimeSpan.FromSeconds(1));

        Assert.Equal(50, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public void A_success_begins_anew()
    {
        var backoff = new Backoff(new FixedRandom(0), TimeSpan.FromSeconds(1));
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.Equal(0, backoff.Failures);
        Assert.Equal(100, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public void Failing_for_ever_does_not_overflow()
    {
        var backoff = new Backoff(new FixedRandom(0), TimeSpan.FromSeconds(1));

        var waits = Enumerable.Range(0, 10_000).Select(_ => backoff.Next()).ToArray();

        Assert.Equal(TimeSpan.FromSeconds(1), waits[^1]);
    }
}
