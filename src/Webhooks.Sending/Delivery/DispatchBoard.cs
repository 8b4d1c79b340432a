using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// What this node holds and what happens to it next: the one lock around lanes and leases. Everything here is short and
/// waits for nothing; what takes time (the store, the network, users' code) is done by others, who come back with what
/// they learnt. Whenever something here gives the claim loop a reason to look, it is woken after the lock is left.
/// </summary>
internal sealed partial class DispatchBoard(
    LaneFactory factory, WebhookDeliveryOptions options, DispatchClock clock, DispatchSignal signal)
{
    private readonly Lock _lock = new();
    private readonly HeldSet _held = new();
    private readonly LaneSet _lanes = new(factory, options, clock);
    private readonly ClaimPlanner _planner = new(clock);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStopping;

    /// <summary>Completes when, after <see cref="Stop"/>, nothing is under way or unwritten any more.</summary>
    public Task Idle => _idle.Task;

    public BoardState State
    {
        get
        {
            lock (_lock)
                return Measure();
        }
    }

    public long? NextResume
    {
        get
        {
            lock (_lock)
                return _lanes.NextResume;
        }
    }

    /// <summary>Brings everything up to the present: lanes whose pause is over go on, and room that is blocked is
    /// made.</summary>
    public BoardState Survey()
    {
        lock (_lock)
        {
            var now = clock.Now;
            _lanes.Resume(now);
            _lanes.Register.Sweep(now);
            _planner.MakeRoom(Measure(), _lanes, now);
            Settle();
            return Measure() with { Wanted = ClaimPlanner.CountWanted(_lanes.Register) };
        }
    }

    public ClaimPlan Plan()
    {
        lock (_lock)
        {
            // A claim that may well find nothing leaves some room to what is published while it is under way.
            var state = _hasBacklog ? Measure() : Measure().WithoutQuarter();
            return _claim = ClaimPlanner.Plan(state, _lanes.Register);
        }
    }

    /// <summary>Takes what was claimed. Returns what has expired: held, with its outcome to be written.</summary>
    public IReadOnlyList<HeldDelivery> Accept(ClaimPlan plan, ClaimResult result, long lease, long leaseEndsAt)
    {
        lock (_lock)
        {
            var now = clock.Now;
            var intake = new ClaimIntake(_held, _lanes, _toRelease)
            {
                Lease = lease,
                LeaseEndsAt = leaseEndsAt,
                Time = clock.Time,
            };
            foreach (var delivery in result.Deliveries)
            {
                if (intake.Take(delivery, now, _isStopping) is { } lane)
                    lane.Granted++;
            }

            _claim = null;
            _hasBacklog = result.HasMore;
            ClaimPlanner.Learn(plan, result, _lanes.Register, now);
            Settle();
            return intake.Expired;
        }
    }

    /// <summary>Has lanes follow their endpoints after those were read anew.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            _lanes.Refresh(clock.Now);
            Settle();
        }
    }

    /// <summary>Takes the next delivery to attempt, if there is one and a slot for it.</summary>
    public bool TryStart([NotNullWhen(true)] out HeldDelivery? run)
    {
        bool found, wake;
        lock (_lock)
        {
            run = null;
            found = !_isStopping && _lanes.TryStart(clock.Now, out run);
            wake = Settle();
        }

        if (wake)
            signal.Wake();
        return found;
    }

    /// <summary>An attempt ended, or there was none to make; its outcome is still to be written.</summary>
    public CircuitChange Finish(HeldDelivery run, WebhookAttempt? attempt)
    {
        CircuitChange change;
        bool wake;
        lock (_lock)
        {
            run.State = HeldState.Done;
            change = _lanes.Finish(run, attempt, clock.Now);
            wake = Settle();
        }

        if (wake)
            signal.Wake();
        return change;
    }

    /// <summary>An attempt was cut off, or its outcome can't be told: it doesn't count, and the delivery is given back.
    /// </summary>
    public void Abandon(HeldDelivery run)
    {
        lock (_lock)
        {
            if (run.State == HeldState.Running)
                _lanes.Finish(run, attempt: null, clock.Now);
            if (_held.Holds(run))
                Release(run);
        }

        signal.Wake();
    }

    /// <summary>Starts nothing more, and gives back what hasn't begun.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopping = true;
            foreach (var lane in _lanes.Register.Busy.ToArray())
                _lanes.GiveBack(lane);
            Settle();
            SignalIdle();
        }
    }

    private void Release(HeldDelivery run)
    {
        _toRelease.Add(run.Key);
        Remove(run);
    }

    private void Remove(HeldDelivery run)
    {
        _held.Remove(run);
        SignalIdle();
    }

    private void SignalIdle()
    {
        if (_isStopping && _held.Count == 0 && _reserved == 0)
            _idle.TrySetResult();
    }

    // Turns what lanes have given up into releases, and says whether the claim loop has something to do.
    private bool Settle()
    {
        var wake = _lanes.HasDryLane || _lanes.GivenBack.Count > 0;
        _lanes.HasDryLane = false;
        foreach (var run in _lanes.GivenBack)
            Release(run);
        _lanes.GivenBack.Clear();
        return wake;
    }

    private BoardState Measure() => new()
    {
        MaxHeld = options.MaxLeased,
        MaxBytes = options.MaxLeasedBytes,
        Held = _held.Count + _reserved,
        Bytes = _held.Bytes + _reservedBytes,
        Waiting = _lanes.Waiting,
        InFlight = _lanes.InFlight,
        Lanes = _lanes.Register.Count,
    };
}
