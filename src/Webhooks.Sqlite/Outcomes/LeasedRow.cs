namespace Webhooks;

/// <summary>What ending a lease has to know of its delivery.</summary>
internal readonly record struct LeasedRow(long Endpoint, long Due, string Tenant, string? OrderingKey);
