namespace Webhooks;

/// <summary>Something to do in the writer's next transaction.</summary>
internal abstract class WriteOperation
{
    private const int Queued = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private int _state;

    /// <summary>What it is called in logs.</summary>
    public abstract string Name { get; }

    /// <summary>How much it weighs against the others of its group: about the rows that it writes.</summary>
    public abstract int Weight { get; }

    /// <summary>When it was queued, as a timestamp.</summary>
    public required long QueuedAt { get; init; }

    /// <summary>Why it couldn't be done; null if it was.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether it was done and is on the disk.</summary>
    public bool IsStored { get; set; }

    public bool IsWithdrawn => Volatile.Read(ref _state) == Withdrawn;

    /// <summary>Begins it. False if its caller gave up before.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Queued) != Withdrawn;

    /// <summary>Does it. May be done again, in another transaction, where this one was rolled back.</summary>
    public abstract void Execute(WriteTransaction transaction);

    /// <summary>Tells the caller what came of it, without running the caller's code.</summary>
    public abstract void Finish();

    protected bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Queued) == Queued;
}
