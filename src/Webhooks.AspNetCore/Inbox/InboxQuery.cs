namespace Webhooks;

/// <summary>Which webhooks of the inbox to find. What is null doesn't matter; the rest must all hold.</summary>
public sealed record InboxQuery
{
    /// <summary>Of one source, by its name; case doesn't matter.</summary>
    public string? Source { get; init; }

    /// <summary>Of one event type, exactly; see <see cref="InboxWebhook.EventType"/>.</summary>
    public EventType? EventType { get; init; }

    /// <summary>In one state.</summary>
    public InboxState? State { get; init; }

    /// <summary>Stored at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Stored before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The oldest first, instead of the newest.</summary>
    /// <value>The default is false.</value>
    public bool OldestFirst { get; init; }

    /// <summary>The most webhooks of a page, 1 to 1000.</summary>
    /// <value>The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int PageSize { get; init => field = PageLimit.Check(value); } = PageLimit.Default;

    /// <summary><see cref="WebhookPage{T}.Continuation"/> of the page before; null for the first page.</summary>
    public string? Continuation { get; init; }
}
