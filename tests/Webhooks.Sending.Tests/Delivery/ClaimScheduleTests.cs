using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

public sealed class ClaimScheduleTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly BoardState Idle = new() { MaxHeld = 1000, MaxBytes = 1000 };
    private static readonly BoardState Busy = Idle with { Held = 100, InFlight = 10, Waiting = 90 };
    private static readonly BoardState Nearly = Idle with { Held = 900, InFlight = 10, Waiting = 890 };

    private readonly FakeTimeProvider _time = new(The.Now);
    private readonly DispatchClock _clock;
    private readonly ClaimSchedule _schedule;

    public ClaimScheduleTests()
    {
        _clock = new DispatchClock(_time);
        _schedule = new ClaimSchedule(_clock, Poll);
    }

    [Fact]
    public void A_new_node_looks_at_once()
    {
        Assert.True(ShouldClaim(Idle));
    }

    [Fact]
    public void An_idle_node_waits_for_the_poll_interval()
    {
        Claim(count: 0);

        Assert.False(ShouldClaim(Idle));
        Assert.Equal(Poll, Wait(Idle));
        _time.Advance(Poll);
        Assert.True(ShouldClaim(Idle));
    }

    [Fact]
    public void A_signal_is_a_reason_at_once()
    {
        Claim(count: 0);

        _schedule.Ask();

        Assert.True(ShouldClaim(Idle));
    }

    [Fact]
    public void A_delivery_that_becomes_due_is_waited_for()
    {
        Claim(count: 0, nextDue: TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(2), Wait(Idle));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(ShouldClaim(Idle));
    }

    [Fact]
    public void A_retry_of_its_own_is_waited_for_even_if_the_store_does_not_say()
    {
        Claim(count: 1);
        _schedule.ExpectAt(_clock.After(_clock.Now, TimeSpan.FromSeconds(3)));
        Claim(count: 0);

        Assert.Equal(TimeSpan.FromSeconds(3), Wait(Idle));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(ShouldClaim(Idle));
        Claim(count: 0);
        Assert.False(ShouldClaim(Idle));
    }

    [Fact]
    public void A_store_that_has_more_is_asked_again_at_once()
    {
        Claim(count: 100, hasMore: true);

        Assert.True(ShouldClaim(Busy));
    }

    [Fact]
    public void Without_room_nothing_is_claimed_and_what_blocks_it_is_looked_at()
    {
        Claim(count: 100, hasMore: true);
        _schedule.Ask();

        Assert.False(ShouldClaim(Idle with { Held = 1000 }));
        Assert.False(ShouldClaim(Idle with { Held = 1, Bytes = 1000 }));
        Assert.Equal(ClaimPlanner.Patience, Wait(Idle with { Held = 1000 }));
    }

    [Fact]
    public void With_much_in_hand_little_room_is_not_worth_a_claim()
    {
        Claim(count: 100, hasMore: true);

        Assert.False(ShouldClaim(Nearly));
        Assert.False(ShouldClaim(Idle with { Held = 10, Bytes = 900, Waiting = 9, InFlight = 1 }));
    }

    [Fact]
    public void With_little_in_hand_any_room_is_worth_a_claim()
    {
        Claim(count: 100, hasMore: true);

        Assert.True(ShouldClaim(Nearly with { Waiting = 5, InFlight = 10 }));
    }

    [Fact]
    public void A_busy_node_rests_between_claims_that_were_asked_for()
    {
        Claim(count: 100, took: TimeSpan.FromMilliseconds(10));
        _schedule.Ask();

        Assert.False(ShouldClaim(Busy));
        Assert.Equal(TimeSpan.FromMilliseconds(40), Wait(Busy));
        _time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(ShouldClaim(Busy));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_busy_node_rests_to_the_end_although_the_poll_interval_or_a_due_time_passes(bool isDue)
    {
        Claim(count: 100, nextDue: isDue ? TimeSpan.FromSeconds(1) : null, took: TimeSpan.FromSeconds(2));

        _time.Advance(isDue ? TimeSpan.FromSeconds(1.5) : Poll + TimeSpan.FromSeconds(1));

        Assert.False(ShouldClaim(Busy));
        Assert.Equal(TimeSpan.FromSeconds(isDue ? 6.5 : 2), Wait(Busy));
        _time.Advance(Wait(Busy));
        Assert.True(ShouldClaim(Busy));
    }

    [Fact]
    public void A_node_that_has_enough_does_not_spin_on_a_store_that_promised_in_vain()
    {
        Claim(count: 0, hasMore: true);
        Claim(count: 0, hasMore: true);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(ShouldClaim(Nearly));
        Assert.True(Wait(Nearly) > TimeSpan.Zero);
    }

    [Fact]
    public void A_node_with_nothing_in_hand_does_not_rest()
    {
        Claim(count: 100, took: TimeSpan.FromMilliseconds(10));
        _schedule.Ask();

        Assert.True(ShouldClaim(Idle));
    }

    [Fact]
    public void Lanes_that_want_more_are_a_reason_and_many_do_not_rest()
    {
        Claim(count: 100, took: TimeSpan.FromMilliseconds(10));

        Assert.False(ShouldClaim(Busy with { Wanted = 20 }));
        Assert.True(ShouldClaim(Busy with { Wanted = 250 }));
        _time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(ShouldClaim(Busy with { Wanted = 20 }));
    }

    [Fact]
    public void A_lanes_pause_is_waited_for()
    {
        Claim(count: 0);

        var wait = _schedule.Wait(Idle, _clock.After(_clock.Now, TimeSpan.FromSeconds(1)), _clock.Now);

        Assert.Equal(TimeSpan.FromSeconds(1), wait);
    }

    [Fact]
    public void A_store_that_promises_in_vain_is_asked_less_and_less()
    {
        var claims = 0;
        for (var step = 0; step < 1000; step++, _time.Advance(TimeSpan.FromMilliseconds(10)))
        {
            for (var atOnce = 0; ShouldClaim(Idle) && atOnce < 100; atOnce++, claims++)
                Claim(count: 0, hasMore: true, nextDue: TimeSpan.Zero);
        }

        Assert.InRange(claims, 5, 20);
    }

    private bool ShouldClaim(BoardState state) => _schedule.ShouldClaim(state, _clock.Now);

    private TimeSpan Wait(BoardState state) => _schedule.Wait(state, nextResume: null, _clock.Now);

    private void Claim(int count, bool hasMore = false, TimeSpan? nextDue = null, TimeSpan took = default)
    {
        var startedAt = _clock.Now;
        _time.Advance(took);
        var delivery = new LeasedDelivery
        {
            Id = 1,
            EndpointNumber = 1,
            Message = MessageRecords.ToRecord(Some.Message()),
        };
        var result = new ClaimResult
        {
            Deliveries = [.. Enumerable.Repeat(delivery, count)],
            HasMore = hasMore,
            NextDue = nextDue,
            EndpointRevision = 1,
        };
        _schedule.OnClaimed(result, startedAt, _clock.Now);
    }
}
