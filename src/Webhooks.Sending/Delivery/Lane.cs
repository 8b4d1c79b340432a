using System.Threading.RateLimiting;

namespace Webhooks;

/// <summary>The work of one endpoint on this node. Guarded by the board's lock.</summary>
internal sealed class Lane(long number, TenantLanes tenant, LanePrefetch prefetch, EndpointCircuit circuit)
{
    // One first try and one retry, so that there is one to probe with whose turn it is.
    private const int ToProbe = 2;

    private readonly Queue<HeldDelivery> _firstTries = new();
    private readonly Queue<HeldDelivery> _retries = new();
    private bool _isRetrysTurn;

    public long Number => number;

    public TenantLanes Tenant => tenant;

    public LanePrefetch Prefetch => prefetch;

    public EndpointCircuit Circuit { get; set; } = circuit;

    /// <summary>The endpoint as it was last seen; null before.</summary>
    public EndpointEntry? Entry { get; set; }

    public int Concurrency { get; set; } = 1;

    /// <summary>The endpoint's rate limit; null for none.</summary>
    public RateLimiter? Limiter { get; set; }

    public int Waiting { get; private set; }

    public int InFlight { get; set; }

    /// <summary>How many deliveries are being published that it takes at once.</summary>
    public int Reserved { get; set; }

    public int Load => Waiting + InFlight + Reserved;

    /// <summary>Whether the store may have more for it: it gave as much as was asked for, or got some back.</summary>
    public bool MayHaveMore { get; set; }

    public LaneStanding Standing { get; set; }

    /// <summary>Whether it waits for its turn.</summary>
    public bool IsReady { get; set; }

    /// <summary>Whether its next delivery's lease has to be renewed before anything starts.</summary>
    public bool AwaitsRenewal { get; set; }

    /// <summary>Whether it is among the lanes that a claim has to think of.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Until when nothing starts and nothing is claimed; null while it isn't paused.</summary>
    public long? PausedUntil { get; set; }

    /// <summary>When it last got its first delivery or began an attempt.</summary>
    public long MovedAt { get; set; }

    /// <summary>When it last did anything, so that one that does nothing is forgotten.</summary>
    public long UsedAt { get; set; }

    /// <summary>How many deliveries the last claim brought.</summary>
    public int Granted { get; set; }

    public bool IsDry => Waiting == 0 && MayHaveMore && InFlight < Concurrency && !Circuit.IsOpen;

    /// <summary>How many more deliveries it should have.</summary>
    public int Room
    {
        get
        {
            if (PausedUntil is not null)
                return 0;
            if (Circuit.IsOpen)
                return Load == 0 && Circuit.RemainingPause is null ? ToProbe : 0;

            var room = Target - Load;
            if (Limiter is not null)
                room = Math.Min(room, Permits);
            return Math.Max(room, 0);
        }
    }

    /// <summary>Whether a new delivery would be attempted at once, as far as its endpoint is concerned. One that failed
    /// last or whose older deliveries wait in the store has its turn by claims.</summary>
    public bool IsFree
        => PausedUntil is null && !MayHaveMore && !AwaitsRenewal && !Circuit.IsOpen
            && Standing != LaneStanding.Failing && Load < Concurrency && (Limiter is null || Permits > 0);

    /// <summary>How many of <see cref="Room"/> are worth a claim: none while it has enough to go on with.</summary>
    public int Wanted
        => MayHaveMore && Room is var room && (room > Target / 2 || IsDry || Circuit.IsOpen) ? room : 0;

    private int Target => prefetch.Target(Concurrency);

    // What the endpoint's rate leaves for deliveries that nobody has yet.
    private int Permits => (int)Limiter!.GetStatistics()!.CurrentAvailablePermits - Waiting - Reserved;

    public void Enqueue(HeldDelivery run, long now)
    {
        if (Waiting + InFlight == 0)
            MovedAt = now;
        (run.Delivery.Tries == 0 ? _firstTries : _retries).Enqueue(run);
        Waiting++;
    }

    /// <summary>What to start next: first tries and retries by turns, or a receiver that refuses every first try would
    /// never see a retry. Null when nothing waits.</summary>
    public HeldDelivery? Peek() => _isRetrysTurn
        ? Peek(_retries) ?? Peek(_firstTries)
        : Peek(_firstTries) ?? Peek(_retries);

    /// <summary>Takes what <see cref="Peek()"/> returned out, to be started.</summary>
    public void Start(HeldDelivery next)
    {
        Take(next);
        InFlight++;
        _isRetrysTurn = next.Delivery.Tries == 0;
    }

    /// <summary>Takes a permit of the endpoint's rate, or with zero only looks for one. Returns how long to wait when
    /// there is none; null when there is.</summary>
    public TimeSpan? AskRate(int permits)
    {
        if (Limiter is null)
            return null;

        using var lease = Limiter.AttemptAcquire(permits);
        return !lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
    }

    public CircuitChange Learn(WebhookAttempt attempt)
    {
        var change = Circuit.Record(attempt);
        if (change == CircuitChange.Closed)
            PausedUntil = null;
        Standing = attempt.Succeeded ? LaneStanding.Good : LaneStanding.Failing;
        Prefetch.OnFinished(attempt.Succeeded);
        return change;
    }

    /// <summary>Forgets a delivery that waits; it stays in the queue until its turn.</summary>
    public void Forget(HeldDelivery run)
    {
        run.State = HeldState.Gone;
        Waiting--;
    }

    /// <summary>Takes out all that waits.</summary>
    public void Drain(List<HeldDelivery> drained)
    {
        while (Peek() is { } next)
        {
            Take(next);
            drained.Add(next);
        }
    }

    private void Take(HeldDelivery next)
    {
        if (!_firstTries.TryPeek(out var first) || first != next)
            _retries.Dequeue();
        else
            _firstTries.Dequeue();
        Waiting--;
    }

    private static HeldDelivery? Peek(Queue<HeldDelivery> queue)
    {
        while (queue.TryPeek(out var next))
        {
            if (next.State == HeldState.Waiting)
                return next;
            queue.Dequeue();
        }

        return null;
    }
}
