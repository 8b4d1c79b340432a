namespace Webhooks;

/// <summary>
/// Who may take one of the node's slots. Slots that are plentiful go to whoever asks. As they run out each lane may
/// hold only as many as are still free, and each of several tenants no more than eight times as many, so that however
/// many endpoints hang at once some slots are left for the others. The last quarter isn't for lanes that fail, and the
/// last eighth not for those of which nothing is known.
/// </summary>
internal static class SlotRule
{
    private const int TenantShare = 8;

    public static bool MayTake(int slots, int taken, int takenByTenant, int takenByLane, LaneStanding standing)
    {
        var free = slots - taken;
        var reserved = standing switch
        {
            LaneStanding.Failing => slots / 4,
            LaneStanding.New => slots / 8,
            _ => 0,
        };
        return free > reserved && takenByLane < free && takenByTenant < TenantShare * free;
    }
}
