namespace Webhooks;

/// <summary>What a purge deleted.</summary>
/// <param name="Deliveries">How many deliveries, with their attempts.</param>
/// <param name="Messages">How many messages that had no delivery left.</param>
/// <param name="HasMore">Whether there is more to delete at once.</param>
public readonly record struct PurgeResult(int Deliveries, int Messages, bool HasMore);
