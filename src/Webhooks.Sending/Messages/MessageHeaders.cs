using System.Buffers;
using System.Text.Json;

namespace Webhooks;

/// <summary>A message's headers as a store keeps them: a JSON object of strings, or no bytes for none.</summary>
internal static class MessageHeaders
{
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        if (headers.IsEmpty)
            return default;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in headers)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <exception cref="InvalidOperationException">They can't be read.</exception>
    public static HeaderList Read(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty)
            return HeaderList.Empty;

        try
        {
            return ReadObject(new Utf8JsonReader(stored));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Unreadable();
        }
    }

    private static HeaderList ReadObject(Utf8JsonReader reader)
    {
        var headers = new List<KeyValuePair<string, string>>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Unreadable();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            headers.Add(new(name, reader.GetString() ?? ""));
        }

        return HeaderList.OfChecked(headers);
    }

    // The reader's own exceptions quote what they stumble over, which may be a secret.
    private static InvalidOperationException Unreadable() => new("The stored headers of the message can't be read.");
}
