using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// The name of what happened, such as <c>invoice.paid</c>: one to 128 characters, segments of ASCII letters, digits,
/// <c>_</c>, <c>-</c>, <c>/</c> and <c>:</c>, parted by full stops. Compared by ordinal, case matters.
/// </summary>
public readonly struct EventType : IEquatable<EventType>, IParsable<EventType>
{
    /// <summary>The longest event type, in characters: 128.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;

    private EventType(string value) => _value = value;

    /// <summary>The name itself; the empty string for <c>default(EventType)</c>, which no message accepts.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads an event type.</summary>
    /// <param name="text">The name, such as <c>invoice.paid</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="text"/> isn't an event type.</exception>
    public static EventType Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var type)
            ? type
            : throw new FormatException(
                $"An event type is 1 to {MaxLength} characters: segments of ASCII letters, digits, '_', '-', '/' and "
                + "':', parted by single full stops, such as 'invoice.paid'.");
    }

    /// <summary>Reads an event type without throwing.</summary>
    /// <param name="text">The name.</param>
    /// <param name="type">The event type when this returns true.</param>
    /// <returns>Whether <paramref name="text"/> is an event type.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out EventType type)
    {
        type = IsWellFormed(text) ? new EventType(text) : default;
        return type._value is not null;
    }

    /// <inheritdoc />
    static EventType IParsable<EventType>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc />
    static bool IParsable<EventType>.TryParse(string? s, IFormatProvider? provider, out EventType result)
        => TryParse(s, out result);

    /// <summary>Reads an event type, so that a literal can stand where one is asked for.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException"><paramref name="text"/> isn't an event type.</exception>
    public static implicit operator EventType(string text) => Parse(text);

    /// <summary>Whether both are the same name.</summary>
    /// <param name="left">One event type.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(EventType left, EventType right) => left.Equals(right);

    /// <summary>Whether the names differ.</summary>
    /// <param name="left">One event type.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(EventType left, EventType right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(EventType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is EventType other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;

    /// <summary>A name that was an event type when it was stored.</summary>
    internal static EventType OfChecked(string name) => new(name);

    private static bool IsWellFormed([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength)
            return false;

        var segmentLength = 0;
        foreach (var c in text)
        {
            if (c == '.' && segmentLength == 0)
                return false;
            if (c != '.' && !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '/' or ':'))
                return false;
            segmentLength = c == '.' ? 0 : segmentLength + 1;
        }

        return segmentLength > 0;
    }
}
