using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks;

/// <summary>
/// One thing that a payload must have: a value at a place (JSON Pointer, RFC 6901, such as <c>/data/currency</c>; up to
/// 256 characters) compared with a text, number, true, false or null.
/// </summary>
/// <remarks>Texts are compared by ordinal, numbers by value: 1 and 1.0 are equal, 1 and "1" aren't.</remarks>
public sealed class PayloadCondition
{
    internal const int MaxValues = 100;
    internal const int MaxTextLength = 1024;

    private readonly JsonPointer _pointer;
    private readonly PayloadOperator _operator;
    private readonly JsonElement _literal;

    internal PayloadCondition(string path, PayloadOperator @operator, JsonElement literal)
    {
        ArgumentNullException.ThrowIfNull(path);
        _pointer = JsonPointer.TryParse(path, out var parsed)
            ? parsed
            : throw new ArgumentException(
                $"A place in a payload is a JSON Pointer of up to {JsonPointer.MaxLength} characters, such as "
                + "'/data/currency'.",
                nameof(path));
        PayloadLiteral.Check(@operator, literal);
        _operator = @operator;
        _literal = literal;
    }

    internal string Pointer => _pointer.Text;

    internal PayloadOperator Operator => _operator;

    internal JsonElement Literal => _literal;

    /// <summary>There is a value, be it null.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer.</exception>
    public static PayloadCondition Exists(string path) => Of(path, PayloadOperator.Exists, true);

    /// <summary>There is no value, not even null.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer.</exception>
    public static PayloadCondition Missing(string path) => Of(path, PayloadOperator.Exists, false);

    /// <summary>There is a value, and it is this one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="value">A text of up to 1024 characters, a number, true, false, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer, or
    /// <paramref name="value"/> is something else.</exception>
    public static PayloadCondition EqualTo(string path, JsonNode? value)
        => Of(path, PayloadOperator.EqualTo, value);

    /// <summary>There is no value, or another one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="value">A text of up to 1024 characters, a number, true, false, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer, or
    /// <paramref name="value"/> is something else.</exception>
    public static PayloadCondition NotEqualTo(string path, JsonNode? value)
        => Of(path, PayloadOperator.NotEqualTo, value);

    /// <summary>There is a value, and it is one of these.</summary>
    /// <param name="path">Where.</param>
    /// <param name="values">1 to 100 values, each a text of up to 1024 characters, a number, true, false, or
    /// null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer, or there are no values, too
    /// many or others.</exception>
    public static PayloadCondition OneOf(string path, params IEnumerable<JsonNode?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Of(path, PayloadOperator.OneOf, new JsonArray([.. values.Select(static value => value?.DeepClone())]));
    }

    /// <summary>There is a number, and it is greater.</summary>
    /// <param name="path">Where.</param>
    /// <param name="number">Than this one.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer.</exception>
    public static PayloadCondition GreaterThan(string path, decimal number)
        => Of(path, PayloadOperator.GreaterThan, number);

    /// <summary>There is a number, and it is this one or greater.</summary>
    /// <param name="path">Where.</param>
    /// <param name="number">This one.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer.</exception>
    public static PayloadCondition AtLeast(string path, decimal number)
        => Of(path, PayloadOperator.AtLeast, number);

    /// <summary>There is a number, and it is less.</summary>
    /// <param name="path">Where.</param>
    /// <param name="number">Than this one.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer.</exception>
    public static PayloadCondition LessThan(string path, decimal number)
        => Of(path, PayloadOperator.LessThan, number);

    /// <summary>There is a number, and it is this one or less.</summary>
    /// <param name="path">Where.</param>
    /// <param name="number">This one.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> isn't a JSON Pointer.</exception>
    public static PayloadCondition AtMost(string path, decimal number)
        => Of(path, PayloadOperator.AtMost, number);

    /// <summary>The condition as <see cref="PayloadFilter.Parse"/> reads it, without the brackets around.</summary>
    public override string ToString() => PayloadFilterText.Write(this);

    internal bool Holds(JsonElement root)
    {
        var isThere = _pointer.TryFind(root, out var value);
        return _operator switch
        {
            PayloadOperator.Exists => isThere == (_literal.ValueKind == JsonValueKind.True),
            PayloadOperator.EqualTo => isThere && PayloadLiteral.AreEqual(value, _literal),
            PayloadOperator.NotEqualTo => !isThere || !PayloadLiteral.AreEqual(value, _literal),
            PayloadOperator.OneOf => isThere && PayloadLiteral.IsAmong(value, _literal),
            _ => isThere && value.ValueKind == JsonValueKind.Number
                 && PayloadLiteral.HasOrder(_operator, PayloadLiteral.Compare(value, _literal)),
        };
    }

    private static PayloadCondition Of(string path, PayloadOperator @operator, JsonNode? value)
        => new(path, @operator, PayloadLiteral.From(value));
}
