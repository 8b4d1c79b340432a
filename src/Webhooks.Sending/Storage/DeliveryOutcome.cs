namespace Webhooks;

/// <summary>What a node did with a delivery that it holds; writing it ends the lease.</summary>
public sealed record DeliveryOutcome
{
    /// <summary>The delivery's number.</summary>
    public required long Id { get; init; }

    /// <summary>The lease it is held by. A delivery that isn't held by it any more is left as it is.</summary>
    public required long Lease { get; init; }

    /// <summary>Where it stands now; <see cref="DeliveryState.Pending"/> for another attempt.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Why it was given up, where it was.</summary>
    public DeliveryFailure Failure { get; init; }

    /// <summary>How long from now until the next attempt, where there is one.</summary>
    public TimeSpan RetryDelay { get; init; }

    /// <summary>Whether the deliveries behind it need wait for it no longer, where it stays pending.</summary>
    public bool LeavesOrder { get; init; }

    /// <summary>The attempt to keep; null when none was made.</summary>
    public AttemptRecord? Attempt { get; init; }
}
