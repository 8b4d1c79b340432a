namespace Webhooks;

/// <summary>What claiming has to know of an endpoint.</summary>
internal sealed record EndpointNote(string Tenant, EndpointState State);
