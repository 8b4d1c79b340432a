using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks;

/// <summary>What the values in a payload are compared with.</summary>
internal static class PayloadLiteral
{
    public static JsonElement From(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    /// <exception cref="ArgumentException">The operator can't compare with it.</exception>
    public static void Check(PayloadOperator @operator, JsonElement literal)
    {
        var fault = @operator switch
        {
            PayloadOperator.Exists => literal.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? null
                : "'exists' is true or false.",
            PayloadOperator.EqualTo or PayloadOperator.NotEqualTo => FaultOf(literal),
            PayloadOperator.OneOf => FaultOfList(literal),
            _ => literal.ValueKind == JsonValueKind.Number ? null : "Only numbers are greater or less than another.",
        };
        if (fault is not null)
            throw new ArgumentException(fault);
    }

    public static bool IsAmong(JsonElement value, JsonElement literals)
    {
        foreach (var literal in literals.EnumerateArray())
        {
            if (AreEqual(value, literal))
                return true;
        }

        return false;
    }

    public static bool AreEqual(JsonElement value, JsonElement literal)
    {
        if (value.ValueKind != literal.ValueKind)
            return false;

        return value.ValueKind switch
        {
            JsonValueKind.String => value.ValueEquals(literal.GetString()),
            JsonValueKind.Number => Compare(value, literal) == 0,
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
            _ => false,
        };
    }

    // Exact for all that a decimal holds, which amounts and most ids are; nearly so beyond.
    public static int Compare(JsonElement value, JsonElement literal)
        => value.TryGetDecimal(out var left) && literal.TryGetDecimal(out var right)
            ? left.CompareTo(right)
            : value.GetDouble().CompareTo(literal.GetDouble());

    public static bool HasOrder(PayloadOperator @operator, int order) => @operator switch
    {
        PayloadOperator.GreaterThan => order > 0,
        PayloadOperator.AtLeast => order >= 0,
        PayloadOperator.LessThan => order < 0,
        PayloadOperator.AtMost => order <= 0,
        _ => false,
    };

    private static string? FaultOfList(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > PayloadCondition.MaxValues)
            return $"'in' is a list of 1 to {PayloadCondition.MaxValues} values.";

        return list.EnumerateArray().Select(FaultOf).FirstOrDefault(static fault => fault is not null);
    }

    private static string? FaultOf(JsonElement literal) => literal.ValueKind switch
    {
        JsonValueKind.Array or JsonValueKind.Object =>
            "A payload's value is compared with a text, a number, true, false or null: not with a list or an object.",
        JsonValueKind.String when literal.GetString()!.Length > PayloadCondition.MaxTextLength =>
            $"A text to compare with has up to {PayloadCondition.MaxTextLength} characters.",
        _ => null,
    };
}
