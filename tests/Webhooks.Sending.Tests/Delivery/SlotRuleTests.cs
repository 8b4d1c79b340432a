namespace Webhooks.Tests.Delivery;

public sealed class SlotRuleTests
{
    private const int Slots = 256;

    [Fact]
    public void Plentiful_slots_go_to_whoever_asks()
    {
        Assert.True(SlotRule.MayTake(Slots, taken: 100, takenByTenant: 100, takenByLane: 100, LaneStanding.Failing));
    }

    [Fact]
    public void No_slot_is_taken_twice()
    {
        Assert.False(SlotRule.MayTake(Slots, taken: Slots, takenByTenant: 0, takenByLane: 0, LaneStanding.Good));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_lane_that_is_alone_has_at_least_one_of_few_slots(int slots)
    {
        Assert.True(SlotRule.MayTake(slots, taken: slots - 1, takenByTenant: 0, takenByLane: 0, LaneStanding.Good));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void However_many_lanes_hang_one_that_comes_later_finds_a_slot(int hanging)
    {
        var taken = TakeAll(hanging, LaneStanding.Good);

        Assert.True(taken < Slots);
        Assert.True(SlotRule.MayTake(Slots, taken, takenByTenant: 0, takenByLane: 0, LaneStanding.Good));
    }

    [Fact]
    public void Lanes_that_fail_leave_a_quarter_to_the_others()
    {
        var taken = TakeAll(1000, LaneStanding.Failing);

        Assert.Equal(Slots * 3 / 4, taken);
    }

    [Fact]
    public void Lanes_of_which_nothing_is_known_leave_an_eighth_to_those_that_do_well()
    {
        var taken = TakeAll(1000, LaneStanding.New);

        Assert.Equal(Slots * 7 / 8, taken);
        Assert.True(SlotRule.MayTake(Slots, taken, takenByTenant: 0, takenByLane: 0, LaneStanding.Good));
    }

    [Fact]
    public void A_tenant_leaves_some_to_others()
    {
        Assert.False(SlotRule.MayTake(Slots, taken: 230, takenByTenant: 230, takenByLane: 0, LaneStanding.Good));
        Assert.True(SlotRule.MayTake(Slots, taken: 230, takenByTenant: 20, takenByLane: 0, LaneStanding.Good));
    }

    // Each lane, of its own tenant, takes all it may of ten, in turn, and gives none back.
    private static int TakeAll(int lanes, LaneStanding standing)
    {
        var byLane = new int[lanes];
        var taken = 0;
        for (var round = 0; round < 10; round++)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                if (!SlotRule.MayTake(Slots, taken, byLane[lane], byLane[lane], standing))
                    continue;
                byLane[lane]++;
                taken++;
            }
        }

        return taken;
    }
}
