namespace Webhooks;

/// <summary>Which endpoints to find. What is null doesn't matter; the rest must all hold.</summary>
public sealed record EndpointQuery
{
    /// <summary>Of one tenant; the empty string for those of none.</summary>
    public string? Tenant { get; init; }

    /// <summary>In one state. Deleted endpoints are never found.</summary>
    public EndpointState? State { get; init; }

    /// <summary>Those that want this event type, payload filters aside.</summary>
    public EventType? EventType { get; init; }

    /// <summary>The most endpoints of a page, 1 to 1000.</summary>
    /// <value>The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int PageSize { get; init => field = PageLimit.Check(value); } = PageLimit.Default;

    /// <summary><see cref="WebhookPage{T}.Continuation"/> of the page before; null for the first page.</summary>
    public string? Continuation { get; init; }
}
