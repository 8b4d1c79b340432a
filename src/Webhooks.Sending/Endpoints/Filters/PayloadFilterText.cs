using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Webhooks;

/// <summary>The JSON form of payload filters: a list of <c>{"at": pointer, operator: value}</c>.</summary>
internal static class PayloadFilterText
{
    public const string Expectation =
        "A payload filter is a JSON list of conditions such as {\"at\":\"/data/currency\",\"equals\":\"EUR\"}; the "
        + "operators are exists, equals, notEquals, in, greaterThan, atLeast, lessThan and atMost.";

    private const int MaxLength = 32 * 1024;

    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="JsonException">It isn't JSON.</exception>
    /// <exception cref="ArgumentException">It is JSON, but not a filter.</exception>
    public static IReadOnlyList<PayloadCondition> Read(string text)
    {
        if (text.Length > MaxLength)
            throw new ArgumentException($"A payload filter has up to {MaxLength} characters.");

        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    /// <exception cref="ArgumentException">It isn't a filter.</exception>
    public static IReadOnlyList<PayloadCondition> Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > PayloadFilter.MaxConditions)
            throw new ArgumentException(Expectation);

        return [.. list.EnumerateArray().Select(ReadCondition)];
    }

    public static string Write(PayloadCondition condition) => Write(writer => Write(writer, condition));

    public static string Write(IReadOnlyList<PayloadCondition> conditions) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var condition in conditions)
            Write(writer, condition);
        writer.WriteEndArray();
    });

    private static PayloadCondition ReadCondition(JsonElement condition)
    {
        if (condition.ValueKind != JsonValueKind.Object)
            throw new ArgumentException(Expectation);

        (string? Pointer, PayloadOperator? Operator, JsonElement Literal) read = default;
        foreach (var property in condition.EnumerateObject())
        {
            if (property.Name == "at" && read.Pointer is null && property.Value.ValueKind == JsonValueKind.String)
                read.Pointer = property.Value.GetString();
            else if (read.Operator is null && FindOperator(property.Name) is { } known)
                (read.Operator, read.Literal) = (known, property.Value.Clone());
            else
                throw new ArgumentException(Expectation);
        }

        return read is { Pointer: { } pointer, Operator: { } @operator }
            ? new PayloadCondition(pointer, @operator, read.Literal)
            : throw new ArgumentException(Expectation);
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, PayloadCondition condition)
    {
        writer.WriteStartObject();
        writer.WriteString("at", condition.Pointer);
        writer.WritePropertyName(NameOf(condition.Operator));
        condition.Literal.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static PayloadOperator? FindOperator(string name) => name switch
    {
        "exists" => PayloadOperator.Exists,
        "equals" => PayloadOperator.EqualTo,
        "notEquals" => PayloadOperator.NotEqualTo,
        "in" => PayloadOperator.OneOf,
        "greaterThan" => PayloadOperator.GreaterThan,
        "atLeast" => PayloadOperator.AtLeast,
        "lessThan" => PayloadOperator.LessThan,
        "atMost" => PayloadOperator.AtMost,
        _ => null,
    };

    private static string NameOf(PayloadOperator @operator) => @operator switch
    {
        PayloadOperator.Exists => "exists",
        PayloadOperator.EqualTo => "equals",
        PayloadOperator.NotEqualTo => "notEquals",
        PayloadOperator.OneOf => "in",
        PayloadOperator.GreaterThan => "greaterThan",
        PayloadOperator.AtLeast => "atLeast",
        PayloadOperator.LessThan => "lessThan",
        _ => "atMost",
    };
}
