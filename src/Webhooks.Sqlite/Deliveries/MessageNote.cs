namespace Webhooks;

/// <summary>What a delivery keeps of its message.</summary>
internal readonly record struct MessageNote(long Number, string Tenant, string? OrderingKey);
