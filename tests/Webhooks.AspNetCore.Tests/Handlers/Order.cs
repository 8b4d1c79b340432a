namespace Webhooks;

/// <summary>The payload that handlers are given in tests.</summary>
internal sealed record Order(int Id, string? Note = null);
