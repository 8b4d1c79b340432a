namespace Webhooks;

/// <summary>A message and its deliveries.</summary>
internal sealed class MemoryMessage(MessageRecord record, int deliveryCount)
{
    public MessageRecord Record => record;

    /// <summary>How many deliveries it was stored with.</summary>
    public int DeliveryCount => deliveryCount;

    /// <summary>Those that there are now: replays add some, purges take them away.</summary>
    public List<MemoryDelivery> Deliveries { get; } = new(deliveryCount);
}
