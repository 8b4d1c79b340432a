namespace Webhooks;

/// <summary>The endpoints written after a revision.</summary>
/// <param name="Revision">The store's revision that these changes lead to.</param>
/// <param name="Endpoints">The endpoints written since, each in its latest form, deleted ones included.</param>
public sealed record EndpointChanges(long Revision, IReadOnlyList<EndpointRecord> Endpoints);
