using System.Buffers;
using System.Text.Json;

namespace Webhooks;

/// <summary>Finds two string properties of a JSON object in one pass, without building the object.</summary>
internal static class TopLevelProperties
{
    /// <summary>The values, or null for what is absent, not a string, or in a body that isn't a JSON object. Of
    /// properties given twice the last one counts, as it does for the serializer.</summary>
    public static (string? First, string? Second) Find(in ReadOnlySequence<byte> body, string? first, string? second)
    {
        try
        {
            return Read(body, first, second);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static (string? First, string? Second) Read(in ReadOnlySequence<byte> body, string? first, string? second)
    {
        (string? First, string? Second) found = default;
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return default;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isFirst, isSecond) = (IsNamed(ref reader, first), IsNamed(ref reader, second));
            reader.Read();
            var value = (isFirst || isSecond) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            found = (isFirst ? value : found.First, isSecond ? value : found.Second);
            reader.Skip();
        }

        _ = reader.Read();
        return found;
    }

    private static bool IsNamed(ref Utf8JsonReader reader, string? name) =>
        name is not null && reader.ValueTextEquals(name);
}
