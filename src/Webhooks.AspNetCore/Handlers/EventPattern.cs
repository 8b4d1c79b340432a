namespace Webhooks;

/// <summary>
/// Which event types a handler wants, written as endpoints' filters are. Beside those, any text without an asterisk is
/// itself: providers have event types ("Push Hook") that aren't ones of ours.
/// </summary>
internal readonly struct EventPattern
{
    private readonly EventTypeFilter _filter;

    private EventPattern(string text, EventTypeFilter filter) => (Text, _filter) = (text, filter);

    public string Text { get; }

    public bool IsAll => _filter == EventTypeFilter.All;

    public bool IsExact => !Text.EndsWith('*');

    public static EventPattern Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (EventTypeFilter.TryParse(text, out var filter))
            return new EventPattern(text, filter);

        return text.Contains('*', StringComparison.Ordinal)
            ? new EventPattern(text, EventTypeFilter.Parse(text))
            : new EventPattern(text, default);
    }

    /// <summary>Whether a webhook of the type is wanted. Every one is by <c>*</c>, even one without a type.</summary>
    public bool Matches(string? eventType)
    {
        if (IsAll)
            return true;
        if (IsExact)
            return string.Equals(eventType, Text, StringComparison.Ordinal);

        return EventType.TryParse(eventType, out var type) && _filter.Matches(type);
    }
}
