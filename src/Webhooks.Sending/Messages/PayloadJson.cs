using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks;

/// <summary>Turns objects into the bytes of a payload.</summary>
internal static class PayloadJson
{
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.TypeInfoResolver is null)
        {
            throw new ArgumentException(
                "The JSON options have no TypeInfoResolver: set it to a JsonSerializerContext, or pass "
                + "JsonSerializerOptions.Web or a copy of it.",
                nameof(options));
        }

        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    public static byte[] Envelope<T>(EventType type, DateTimeOffset timestamp, T data, JsonTypeInfo<T> typeInfo)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = typeInfo.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString(Type, type.Value);
            writer.WriteString(Timestamp, timestamp.UtcDateTime);
            writer.WritePropertyName(Data);
            JsonSerializer.Serialize(writer, data, typeInfo);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
