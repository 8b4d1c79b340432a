namespace Webhooks;

/// <summary>A delivery as it stands. Changed under the store's lock only, and never while a sorted set holds it by what
/// changes.</summary>
internal sealed class MemoryDelivery(long id, MemoryMessage message, long endpointNumber, DateTimeOffset createdAt)
{
    private List<AttemptRecord>? _attempts;

    /// <summary>In the order that a lane gives them out: by due time, then by number.</summary>
    public static IComparer<MemoryDelivery> ByDue { get; } = Comparer<MemoryDelivery>.Create(static (left, right)
        => left.Due.CompareTo(right.Due) is var order and not 0 ? order : left.Id.CompareTo(right.Id));

    /// <summary>In the order in which leases end.</summary>
    public static IComparer<MemoryDelivery> ByLease { get; } = Comparer<MemoryDelivery>.Create(static (left, right)
        => left.LeasedUntil.CompareTo(right.LeasedUntil) is var order and not 0 ? order : left.Id.CompareTo(right.Id));

    /// <summary>In the order in which they were done.</summary>
    public static IComparer<MemoryDelivery> ByCompletion { get; } = Comparer<MemoryDelivery>.Create(static (left, right)
        => Nullable.Compare(left.CompletedAt, right.CompletedAt) is var order and not 0
            ? order
            : left.Id.CompareTo(right.Id));

    public long Id => id;

    public MemoryMessage Message => message;

    public long EndpointNumber => endpointNumber;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DeliveryState State { get; set; }

    public DeliveryFailure Failure { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>By <see cref="MemoryClock.Elapsed"/>; zero for at once.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Since when it has been waiting, where it is due at once.</summary>
    public DateTimeOffset WaitsSince { get; set; } = createdAt;

    public AttemptTrigger Trigger { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset? FirstTryAt { get; set; }

    /// <summary>Whether it has a place in its ordering key's order.</summary>
    public bool InOrder { get; set; }

    /// <summary>Who holds it, or did last; null once it was written or given back.</summary>
    public long? Lease { get; set; }

    public TimeSpan LeasedUntil { get; set; }

    public IReadOnlyList<AttemptRecord> Attempts => _attempts ?? (IReadOnlyList<AttemptRecord>)[];

    /// <summary>Notes an attempt; the next one is the schedule's, whoever asked for this.</summary>
    public void Add(AttemptRecord attempt)
    {
        (_attempts ??= new List<AttemptRecord>(1)).Add(attempt);
        Tries++;
        FirstTryAt ??= attempt.StartedAt;
        Trigger = AttemptTrigger.Schedule;
    }

    /// <summary>Begins a new round.</summary>
    public void Restart(AttemptTrigger trigger, DateTimeOffset now)
    {
        State = DeliveryState.Pending;
        Failure = DeliveryFailure.None;
        CompletedAt = null;
        Due = TimeSpan.Zero;
        WaitsSince = now;
        Tries = 0;
        FirstTryAt = null;
        Trigger = trigger;
        Lease = null;
    }

    public void Finish(DeliveryState state, DeliveryFailure failure, DateTimeOffset now)
    {
        State = state;
        Failure = failure;
        CompletedAt = now;
        Lease = null;
    }

    public LeasedDelivery ToLeased() => new()
    {
        Id = Id,
        EndpointNumber = EndpointNumber,
        Message = Message.Record,
        Attempts = Attempts.Count,
        Tries = Tries,
        FirstTryAt = FirstTryAt,
        Trigger = Trigger,
        IsOrdered = InOrder,
    };

    public DeliveryRecord ToRecord(MemoryClock clock) => new()
    {
        Id = Id,
        MessageNumber = Message.Record.Number,
        MessageId = Message.Record.Id,
        EventType = Message.Record.EventType,
        Tenant = Message.Record.Tenant,
        EndpointNumber = EndpointNumber,
        State = State,
        Failure = Failure,
        CreatedAt = CreatedAt,
        DueAt = State == DeliveryState.Pending ? DueAt(clock) : null,
        CompletedAt = CompletedAt,
        Attempts = Attempts.Count,
        LastAttempt = Attempts.Count == 0 ? null : Attempts[^1],
    };

    public DateTimeOffset DueAt(MemoryClock clock)
        => Due == TimeSpan.Zero ? WaitsSince : clock.DateAfter(Due - clock.Elapsed);
}
