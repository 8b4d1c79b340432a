namespace Webhooks;

/// <summary>A message to store, with the endpoints that it goes to.</summary>
public sealed record NewMessage
{
    /// <summary>The message; its number and creation time are the store's to give.</summary>
    public required MessageRecord Message { get; init; }

    /// <summary>The numbers of the endpoints that want it: one delivery each.</summary>
    public required IReadOnlyList<long> Endpoints { get; init; }

    /// <summary>
    /// How many of <see cref="Endpoints"/>, the first ones, the publishing node can attempt at once: their deliveries
    /// are stored as held by <see cref="PublishBatch.Lease"/>. Zero for a message that waits for its time or its order.
    /// </summary>
    public int DirectCount { get; init; }

    /// <summary>How long from now until the first attempt; zero for at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For how long the message's idempotency key finds it.</summary>
    public TimeSpan IdempotencyWindow { get; init; }
}
