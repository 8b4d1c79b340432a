namespace Webhooks;

/// <summary>Which messages to find. What is null doesn't matter; the rest must all hold.</summary>
public sealed record MessageFilter
{
    /// <summary>One message, by its id.</summary>
    public string? Id { get; init; }

    /// <summary>Of one tenant; the empty string for those of none.</summary>
    public string? Tenant { get; init; }

    /// <summary>Of one event type, exactly.</summary>
    public string? EventType { get; init; }

    /// <summary>Stored at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Stored before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only messages with a smaller number (<see cref="OldestFirst"/>: a greater one); null to begin.</summary>
    public long? After { get; init; }

    /// <summary>The oldest first, instead of the newest.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Whether the messages come with their payloads; without, the payload is empty.</summary>
    public bool WithPayload { get; init; }

    /// <summary>The most to find, at least 1.</summary>
    public int Limit { get; init; } = 100;
}
