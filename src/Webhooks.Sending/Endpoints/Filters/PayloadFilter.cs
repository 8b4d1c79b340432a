using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Webhooks;

/// <summary>
/// Which payloads an endpoint wants: those for which all conditions hold. A payload that isn't JSON, or is nested
/// deeper than 64 levels, never passes. Immutable, and data alone: it is stored with the endpoint.
/// </summary>
/// <example>
/// <code>
/// PayloadFilter.AllOf(
///     PayloadCondition.OneOf("/data/currency", "EUR", "CHF"),
///     PayloadCondition.AtLeast("/data/amount", 100))
/// </code>
/// is, as text,
/// <code>[{"at":"/data/currency","in":["EUR","CHF"]},{"at":"/data/amount","atLeast":100}]</code>
/// </example>
public sealed class PayloadFilter : IEquatable<PayloadFilter>, IParsable<PayloadFilter>
{
    /// <summary>The most conditions of a filter: 20.</summary>
    public const int MaxConditions = 20;

    private readonly PayloadCondition[] _conditions;
    private readonly string _text;

    private PayloadFilter(PayloadCondition[] conditions)
    {
        _conditions = conditions;
        _text = PayloadFilterText.Write(conditions);
    }

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<PayloadCondition> Conditions => _conditions.AsReadOnly();

    /// <summary>A filter of conditions that must all hold.</summary>
    /// <param name="conditions">1 to 20 conditions.</param>
    /// <exception cref="ArgumentNullException"><paramref name="conditions"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public static PayloadFilter AllOf(params IEnumerable<PayloadCondition> conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        PayloadCondition[] list = [.. conditions];
        foreach (var condition in list)
            ArgumentNullException.ThrowIfNull(condition, nameof(conditions));
        return list.Length is > 0 and <= MaxConditions
            ? new PayloadFilter(list)
            : throw new ArgumentException(
                $"A payload filter has 1 to {MaxConditions} conditions; for none, leave the filter out.",
                nameof(conditions));
    }

    /// <summary>Reads a filter from the JSON that <see cref="ToString"/> writes.</summary>
    /// <param name="text">
    /// A list of conditions, each <c>{"at": pointer, operator: value}</c>. The operators are <c>exists</c> (true or
    /// false), <c>equals</c>, <c>notEquals</c>, <c>in</c> (a list), <c>greaterThan</c>, <c>atLeast</c>,
    /// <c>lessThan</c> and <c>atMost</c> (numbers).
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="text"/> isn't a filter; the message says why.</exception>
    public static PayloadFilter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return AllOf(PayloadFilterText.Read(text));
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException or InvalidOperationException)
        {
            throw new FormatException(
                exception is ArgumentException ? exception.Message : PayloadFilterText.Expectation, exception);
        }
    }

    /// <summary>Reads a filter without throwing.</summary>
    /// <param name="text">The JSON that <see cref="ToString"/> writes.</param>
    /// <param name="filter">The filter when this returns true.</param>
    /// <returns>Whether <paramref name="text"/> is a filter.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PayloadFilter? filter)
    {
        filter = null;
        try
        {
            filter = text is null ? null : Parse(text);
        }
        catch (FormatException)
        {
            // The answer is no.
        }

        return filter is not null;
    }

    /// <inheritdoc />
    static PayloadFilter IParsable<PayloadFilter>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc />
    static bool IParsable<PayloadFilter>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out PayloadFilter result)
        => TryParse(s, out result);

    /// <summary>Whether all conditions hold.</summary>
    /// <param name="payload">The payload's bytes. What isn't JSON doesn't match.</param>
    public bool Matches(ReadOnlyMemory<byte> payload)
    {
        using var document = PayloadDocument.TryParse(payload);
        return document is not null && Matches(document.RootElement);
    }

    /// <summary>Whether both have the same conditions in the same order.</summary>
    /// <param name="other">The other filter.</param>
    public bool Equals(PayloadFilter? other) => string.Equals(_text, other?._text, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PayloadFilter);

    /// <inheritdoc />
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The filter as JSON that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => _text;

    internal bool Matches(JsonElement root)
    {
        try
        {
            return Array.TrueForAll(_conditions, condition => condition.Holds(root));
        }
        catch (InvalidOperationException)
        {
            // A text or name in the payload that isn't Unicode, which the parser finds out only now.
            return false;
        }
    }
}
