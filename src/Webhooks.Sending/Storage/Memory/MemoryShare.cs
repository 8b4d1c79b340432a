namespace Webhooks;

/// <summary>What a claim may take of one endpoint.</summary>
internal sealed record MemoryShare(
    long EndpointNumber, string Tenant, Queue<MemoryDelivery> First, Queue<MemoryDelivery> Retries);
