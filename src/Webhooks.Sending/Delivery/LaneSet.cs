using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// All lanes, and which delivery starts next. A lane is ready while it could start one; it leaves the queue when its
/// turn comes and goes back to the end if it still could. Whatever may make a lane able to start ends in
/// <see cref="MakeReady"/>. Guarded by the board's lock.
/// </summary>
internal sealed class LaneSet(LaneFactory factory, WebhookDeliveryOptions options, DispatchClock clock)
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    private readonly FairQueue _ready = new();
    private readonly LanePauses _pauses = new();
    private Func<Lane, bool>? _mayHaveSlot;

    public LaneRegister Register { get; } = new(factory, options, clock);

    public int Waiting { get; private set; }

    public int InFlight { get; private set; }

    /// <summary>What lanes have given up and the store is to have back; whoever locks takes it.</summary>
    public List<HeldDelivery> GivenBack { get; } = [];

    /// <summary>Whether a lane ran dry that the store may have more for; whoever locks clears it.</summary>
    public bool HasDryLane { get; set; }

    /// <summary>When the next pause ends; null when no lane pauses.</summary>
    public long? NextResume => _pauses.Next;

    public void Enqueue(HeldDelivery run, long now)
    {
        run.Lane.Enqueue(run, now);
        Waiting++;
        MakeReady(run.Lane, now);
        Register.Update(run.Lane);
    }

    /// <summary>Whether a lane pauses for so long that it holds nothing meanwhile.</summary>
    public bool IsResting(Lane lane, long now)
        => lane.PausedUntil is { } end && clock.Between(now, end) > LanePauses.Short;

    /// <summary>Takes a delivery that waits out of its lane.</summary>
    public void Forget(HeldDelivery run)
    {
        run.Lane.Forget(run);
        Waiting--;
    }

    public bool TryStart(long now, [NotNullWhen(true)] out HeldDelivery? run)
    {
        while (InFlight < options.MaxConcurrency && _ready.TryTake(_mayHaveSlot ??= MayHaveSlot, out var lane))
        {
            lane.IsReady = false;
            run = TakeNext(lane, now);
            MakeReady(lane, now);
            Register.Update(lane);
            if (run is not null)
                return true;
        }

        run = null;
        return false;
    }

    /// <summary>Frees the slot of an attempt that ended, with or without a result.</summary>
    public CircuitChange Finish(HeldDelivery run, WebhookAttempt? attempt, long now)
    {
        var lane = run.Lane;

        // What was sent to the endpoint as it was before says nothing of it as it is now.
        var change = attempt is null || !ReferenceEquals(run.Entry, lane.Entry)
            ? CircuitChange.None
            : lane.Learn(attempt);
        if (lane.Circuit.RemainingPause is { } pause)
        {
            GiveBack(lane);
            Pause(lane, clock.After(now, pause));
        }

        lane.InFlight--;
        lane.Tenant.InFlight--;
        InFlight--;
        MakeReady(lane, now);
        Register.Update(lane);
        return change;
    }

    /// <summary>Lets lanes go on whose pause is over.</summary>
    public void Resume(long now)
    {
        while (_pauses.TryTake(now, out var lane))
        {
            // Two clocks that round differently must not end a pause that nobody would end again.
            if (lane.Circuit.RemainingPause is { } rest)
                Pause(lane, clock.After(now, rest + Rounding));
            MakeReady(lane, now);
            Register.Update(lane);
        }
    }

    /// <summary>Has lanes follow their endpoints: what is gone or disabled is given back, what was mended goes on at
    /// once.</summary>
    public void Refresh(long now)
    {
        foreach (var lane in Register.Busy.ToArray())
        {
            if (!Register.Refresh(lane))
                GiveBack(lane);
            MakeReady(lane, now);
        }
    }

    /// <summary>Lets lanes go on that waited for a lease.</summary>
    public void OnRenewed(Lane lane, long now)
    {
        lane.AwaitsRenewal = false;
        MakeReady(lane, now);
    }

    /// <summary>Gives back all that waits in a lane; the store has it from now on.</summary>
    public void GiveBack(Lane lane)
    {
        var before = lane.Waiting;
        lane.Drain(GivenBack);
        lane.MayHaveMore = true;
        lane.AwaitsRenewal = false;
        Waiting -= before;
        Register.Update(lane);
    }

    public void Pause(Lane lane, long until)
    {
        _pauses.Add(lane, until);
        Register.Update(lane);
    }

    // The conditions are those that a turn checks as well, so that a lane whose turn came to nothing doesn't come right
    // back.
    private void MakeReady(Lane lane, long now)
    {
        if (lane.IsReady || lane.Waiting == 0 || lane.AwaitsRenewal || lane.PausedUntil is not null
            || lane.Circuit.Allow(lane.Concurrency, lane.InFlight) == 0)
        {
            if (lane.IsDry && lane.Prefetch.OnDry(lane.Concurrency, now))
                HasDryLane = true;
            return;
        }

        lane.IsReady = true;
        _ready.Add(lane);
    }

    private HeldDelivery? TakeNext(Lane lane, long now)
    {
        if (!Register.Refresh(lane))
            GiveBack(lane);
        if (lane.PausedUntil is not null || lane.Peek() is not { } next)
            return null;

        // A process that was stopped for a while finds its leases run out, and somebody else may have the delivery by
        // now: nothing starts on a lease that ends soon.
        if (clock.Between(now, next.LeaseEndsAt) < options.LeaseDuration / LeaseKeeper.Margin)
        {
            lane.AwaitsRenewal = true;
            return null;
        }

        if (lane.Circuit.Allow(lane.Concurrency, lane.InFlight) == 0)
            return null;
        if (lane.AskRate(permits: 1) is { } wait)
        {
            HoldOff(lane, wait, now);
            return null;
        }

        Start(lane, next, now);
        return next;
    }

    private void Start(Lane lane, HeldDelivery next, long now)
    {
        lane.Start(next);
        Waiting--;
        lane.Tenant.InFlight++;
        InFlight++;
        lane.MovedAt = now;
        next.State = HeldState.Running;
        next.Entry = lane.Entry;

        // The last permit is used: what can't start for a while is nothing to hold, or to claim.
        if (lane.AskRate(permits: 0) is { } wait)
            HoldOff(lane, wait, now);
    }

    // What has to wait for its rate isn't held meanwhile: it would take the room of others, for hours if the rate is
    // low.
    private void HoldOff(Lane lane, TimeSpan wait, long now)
    {
        if (wait > LanePauses.Short)
            GiveBack(lane);
        lane.MayHaveMore = true;
        Pause(lane, clock.After(now, wait));
    }

    private bool MayHaveSlot(Lane lane) => SlotRule.MayTake(
        options.MaxConcurrency, InFlight, Register.Tenants > 1 ? lane.Tenant.InFlight : 0, lane.InFlight,
        lane.Standing);
}
