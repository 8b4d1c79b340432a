namespace Webhooks;

/// <summary>
/// Who may take one of the node's slots. Slots that are plentiful go to whoever asks. As they run out each lane may
/// hold only as many as are still free, so that however many endpoints hang at once some slots are left for the others;
/// and lanes that fail leave the last quarter to those that don't.
/// </summary>
internal static class SlotRule
{
    private const int TenantShare = 8;

    public static bool MayTake(int slots, int taken, int takenByTenant, int takenByLane, bool laneFails)
    {
        var free = slots - taken;
        return free > 0
            && takenByLane < free
            && takenByTenant < TenantShare * free
            && (!laneFails || free > slots / 4);
    }
}
