using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// Which event types an endpoint wants: one exactly (<c>invoice.paid</c>), all below a name at any depth
/// (<c>invoice.*</c>, but not <c>invoice</c> itself), or all there are (<c>*</c>). Case matters.
/// </summary>
public readonly struct EventTypeFilter : IEquatable<EventTypeFilter>, IParsable<EventTypeFilter>
{
    private const string AllText = "*";
    private const string BelowSuffix = ".*";

    private readonly string? _value;

    private EventTypeFilter(string value) => _value = value;

    /// <summary>Matches every event type: <c>*</c>.</summary>
    public static EventTypeFilter All { get; } = new(AllText);

    /// <summary>The filter's text; the empty string for <c>default(EventTypeFilter)</c>, which matches nothing and
    /// which no endpoint accepts.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a filter.</summary>
    /// <param name="text">An event type, an event type followed by <c>.*</c>, or <c>*</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="text"/> isn't a filter.</exception>
    public static EventTypeFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var filter)
            ? filter
            : throw new FormatException(
                "An event type filter is an event type such as 'invoice.paid', all below a name such as 'invoice.*', "
                + "or '*'.");
    }

    /// <summary>Reads a filter without throwing.</summary>
    /// <param name="text">An event type, an event type followed by <c>.*</c>, or <c>*</c>.</param>
    /// <param name="filter">The filter when this returns true.</param>
    /// <returns>Whether <paramref name="text"/> is a filter.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out EventTypeFilter filter)
    {
        filter = default;
        if (text == AllText)
            filter = All;
        else if (text is not null && EventType.TryParse(NameOf(text), out _))
            filter = new EventTypeFilter(text);
        return filter._value is not null;
    }

    /// <inheritdoc />
    static EventTypeFilter IParsable<EventTypeFilter>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc />
    static bool IParsable<EventTypeFilter>.TryParse(string? s, IFormatProvider? provider, out EventTypeFilter result)
        => TryParse(s, out result);

    /// <summary>Reads a filter, so that a literal can stand where one is asked for.</summary>
    /// <param name="text">The filter's text.</param>
    /// <exception cref="FormatException"><paramref name="text"/> isn't a filter.</exception>
    public static implicit operator EventTypeFilter(string text) => Parse(text);

    /// <summary>Whether both are the same filter.</summary>
    /// <param name="left">One filter.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(EventTypeFilter left, EventTypeFilter right) => left.Equals(right);

    /// <summary>Whether the filters differ.</summary>
    /// <param name="left">One filter.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(EventTypeFilter left, EventTypeFilter right) => !left.Equals(right);

    /// <summary>Whether an event type passes.</summary>
    /// <param name="type">The event type; <c>default</c> never passes.</param>
    public bool Matches(EventType type)
    {
        if (Value.Length == 0 || type.Value.Length == 0)
            return false;
        if (Value == AllText)
            return true;

        return Value.EndsWith(BelowSuffix, StringComparison.Ordinal)
            ? type.Value.AsSpan().StartsWith(Value.AsSpan()[..^1], StringComparison.Ordinal)
            : type.Value == Value;
    }

    /// <inheritdoc />
    public bool Equals(EventTypeFilter other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is EventTypeFilter other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The filter's text.</summary>
    public override string ToString() => Value;

    private static string NameOf(string text)
        => text.EndsWith(BelowSuffix, StringComparison.Ordinal) ? text[..^BelowSuffix.Length] : text;
}
