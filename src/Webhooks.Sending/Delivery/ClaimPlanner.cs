namespace Webhooks;

/// <summary>How much each lane may get from the next claim, and what a claim told of each. Guarded by the board's
/// lock.</summary>
internal sealed class ClaimPlanner(DispatchClock clock)
{
    private const int NewLaneShare = 8;

    /// <summary>How long a lane may sit on what it holds while room is scarce.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<Lane> _stuck = [];

    /// <summary>How many deliveries lanes wait for that the store may have.</summary>
    public static int CountWanted(LaneRegister register)
    {
        var wanted = 0;
        foreach (var lane in register.Busy)
            wanted += lane.Wanted;
        return wanted;
    }

    public static ClaimPlan Plan(in BoardState state, LaneRegister register)
    {
        var usual = Math.Min(register.UsualRoom, Math.Max(state.Room / NewLaneShare, 1));
        var limits = new Dictionary<long, int>();
        foreach (var lane in register.Busy)
        {
            if (lane.Room is var room && room != usual)
                limits.Add(lane.Number, room);
        }

        return new ClaimPlan
        {
            MaxCount = state.Room,
            MaxBytes = state.BytesRoom,
            UsualLimit = usual,
            Limits = limits,
        };
    }

    /// <summary>Notes which lanes the store may have more for: those that got all they could, and those that this
    /// claim left out or may not have reached.</summary>
    public static void Learn(ClaimPlan plan, ClaimResult result, LaneRegister register, long now)
    {
        foreach (var lane in register.Busy.Concat(IdleAgain(plan, register)).ToArray())
        {
            if (lane.Granted > 0)
                lane.Prefetch.OnGranted(now);

            Learn(lane, plan.LimitOf(lane), result.HasMore);
            lane.Granted = 0;
            register.Update(lane);
        }
    }

    // What was full when the store was asked may have done all that since: nobody else would remember that it was left
    // out.
    private static IEnumerable<Lane> IdleAgain(ClaimPlan plan, LaneRegister register)
    {
        foreach (var (number, limit) in plan.Limits)
        {
            if (limit <= 0 && register.Find(number) is { IsBusy: false } lane)
                yield return lane;
        }
    }

    private static void Learn(Lane lane, int limit, bool hasMore)
    {
        // Nobody asked for what a paused lane may have, or it has been given back meanwhile.
        if (lane.PausedUntil is not null)
            return;

        // What is published may have filled the lane, so that nobody asked for what it left in the store.
        if (limit <= 0 || lane.Granted >= limit)
            lane.MayHaveMore = true;
        else if (!hasMore)
            lane.MayHaveMore = false;
    }

    /// <summary>Where room is scarce, has what can't move given back, to be claimed again later: it is the others'
    /// room.</summary>
    public void MakeRoom(in BoardState state, LaneSet lanes, long now)
    {
        if (!state.IsScarce)
            return;

        foreach (var lane in lanes.Register.Busy)
        {
            if (lane.Waiting > 0 && clock.Between(lane.MovedAt, now) >= Patience)
                _stuck.Add(lane);
        }

        foreach (var lane in _stuck)
        {
            lanes.GiveBack(lane);
            lanes.Pause(lane, clock.After(now, Patience));
        }

        _stuck.Clear();
    }
}
