namespace Webhooks.Tests.Delivery;

public sealed class RetryTimingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void What_is_in_no_order_waits_as_long_as_its_policy_says()
    {
        var timing = Of(Day, Delivery(isOrdered: false), triedFor: Hour * 100);

        Assert.Equal(new RetryTiming(Day, LeavesOrder: false), timing);
    }

    [Fact]
    public void The_head_of_an_order_is_tried_again_when_the_others_have_waited_long_enough()
    {
        var timing = Of(Day, Delivery(isOrdered: true), triedFor: Hour / 4);

        Assert.Equal(new RetryTiming(Hour * 0.75, LeavesOrder: false), timing);
    }

    [Fact]
    public void A_shorter_wait_stays_as_it_is()
    {
        var timing = Of(TimeSpan.FromSeconds(5), Delivery(isOrdered: true), triedFor: TimeSpan.Zero);

        Assert.Equal(new RetryTiming(TimeSpan.FromSeconds(5), LeavesOrder: false), timing);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void Failing_at_that_time_it_leaves_the_order_and_waits_as_its_policy_says(double hours)
    {
        var timing = Of(Day, Delivery(isOrdered: true), triedFor: Hour * hours);

        Assert.Equal(new RetryTiming(Day, LeavesOrder: true), timing);
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_nobody_wait_longer()
    {
        var timing = Of(Day, Delivery(isOrdered: true), triedFor: -Hour);

        Assert.Equal(new RetryTiming(Hour, LeavesOrder: false), timing);
    }

    [Fact]
    public void With_no_wait_allowed_the_first_failure_leaves_the_order()
    {
        var timing = RetryTiming.Of(Day, Delivery(isOrdered: true), The.Now, TimeSpan.Zero, The.Now);

        Assert.True(timing.LeavesOrder);
    }

    [Fact]
    public void What_expires_is_looked_at_when_it_does()
    {
        var timing = Of(Day, Delivery(isOrdered: false, expiresIn: Hour), triedFor: Hour);

        Assert.Equal(new RetryTiming(Hour, LeavesOrder: false), timing);
    }

    [Fact]
    public void What_has_expired_is_looked_at_at_once()
    {
        var timing = Of(Day, Delivery(isOrdered: false, expiresIn: -Hour), triedFor: Hour);

        Assert.Equal(TimeSpan.Zero, timing.Delay);
    }

    private static RetryTiming Of(TimeSpan wanted, LeasedDelivery delivery, TimeSpan triedFor)
        => RetryTiming.Of(wanted, delivery, The.Now - triedFor, Hour, The.Now);

    private static LeasedDelivery Delivery(bool isOrdered, TimeSpan? expiresIn = null) => new()
    {
        Id = 1,
        EndpointNumber = 1,
        IsOrdered = isOrdered,
        Message = MessageRecords.ToRecord(Some.Message()) with { ExpiresAt = The.Now + expiresIn },
    };
}
