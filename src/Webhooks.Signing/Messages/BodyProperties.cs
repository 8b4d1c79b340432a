using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Webhooks;

/// <summary>Finds two properties of a JSON body in one pass, without building the document.</summary>
internal static class BodyProperties
{
    private const int MaximumNumberLength = 64;

    /// <summary>The values of two properties, each given by name or by JSON Pointer: strings, and numbers as they are
    /// written.</summary>
    /// <returns>Null for what is absent, neither string nor number, or in a body that isn't JSON. Of properties given
    /// twice the last one counts, as it does for the serializer.</returns>
    public static (string? First, string? Second) Find(in ReadOnlySequence<byte> body, string? first, string? second)
    {
        (string? First, string? Second) found = default;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            Visit(ref reader, new JsonPath(first), new JsonPath(second), ref found);
            _ = reader.Read();
            return found;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    // Goes only as deep as the paths do, so the recursion is bounded by what was configured.
    private static void Visit(
        ref Utf8JsonReader reader, JsonPath first, JsonPath second, ref (string? First, string? Second) found)
    {
        if (first.IsEnd)
            found.First = TextOf(ref reader);
        if (second.IsEnd)
            found.Second = TextOf(ref reader);

        if (reader.TokenType == JsonTokenType.StartObject && (first.GoesOn || second.GoesOn))
            VisitObject(ref reader, first, second, ref found);
        else if (reader.TokenType == JsonTokenType.StartArray && (first.GoesOn || second.GoesOn))
            VisitArray(ref reader, first, second, ref found);
        else
            reader.Skip();
    }

    private static void VisitObject(
        ref Utf8JsonReader reader, JsonPath first, JsonPath second, ref (string? First, string? Second) found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (inFirst, inSecond) = (default(JsonPath), default(JsonPath));
            if (first.GoesOn && reader.ValueTextEquals(first.Segment))
                (inFirst, found.First) = (first.Next(), null);
            if (second.GoesOn && reader.ValueTextEquals(second.Segment))
                (inSecond, found.Second) = (second.Next(), null);
            reader.Read();
            Visit(ref reader, inFirst, inSecond, ref found);
        }
    }

    private static void VisitArray(
        ref Utf8JsonReader reader, JsonPath first, JsonPath second, ref (string? First, string? Second) found)
    {
        var (atFirst, atSecond) = (first.Index, second.Index);
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            Visit(
                ref reader,
                index == atFirst ? first.Next() : default,
                index == atSecond ? second.Next() : default,
                ref found);
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
                if (length > MaximumNumberLength)
                    return null;
                return reader.HasValueSequence
                    ? Encoding.ASCII.GetString(reader.ValueSequence)
                    : Encoding.ASCII.GetString(reader.ValueSpan);
            default:
                return null;
        }
    }
}
