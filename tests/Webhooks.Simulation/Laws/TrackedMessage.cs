namespace Webhooks.Simulation;

/// <summary>A message that was committed to the store.</summary>
internal sealed class TrackedMessage(MessageRecord record, bool isDelayed, TimeSpan storedAt)
{
    public MessageRecord Record => record;

    public bool IsDelayed => isDelayed;

    public TimeSpan StoredAt => storedAt;

    public Dictionary<long, TrackedDelivery> Deliveries { get; } = [];
}
