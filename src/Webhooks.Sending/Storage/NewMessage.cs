namespace Webhooks;

/// <summary>A message to store, with the endpoints that it goes to.</summary>
public sealed record NewMessage
{
    /// <summary>The message; its number and creation time are the store's to give.</summary>
    public required MessageRecord Message { get; init; }

    /// <summary>The numbers of the endpoints that want it: one delivery each.</summary>
    public required IReadOnlyList<long> Endpoints { get; init; }

    /// <summary>How long from now until the first attempt; zero for at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For how long the message's idempotency key finds it.</summary>
    public TimeSpan IdempotencyWindow { get; init; }
}
