using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks;

/// <summary>Reads JSON out of bodies.</summary>
internal static class JsonPayload
{
    /// <summary>Refuses a body whose meaning depends on who reads it.</summary>
    /// <exception cref="JsonException">An object has two properties of one name, or the body isn't JSON.</exception>
    public static void RefuseDuplicates(in ReadOnlySequence<byte> body)
    {
        var options = new JsonDocumentOptions
        {
            AllowDuplicateProperties = false,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        };
        try
        {
            using var document = JsonDocument.Parse(body, options);
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(exception);
        }
    }

    /// <summary>Reads the value at the end of a path; the whole body, where the path leads nowhere.</summary>
    /// <returns>The value; null if it is the JSON literal <c>null</c>.</returns>
    /// <exception cref="JsonException">It isn't of the type, or isn't there, or the body isn't JSON.</exception>
    public static T? Read<T>(
        in ReadOnlySequence<byte> body, JsonTypeInfo<T> typeInfo, JsonPath path)
    {
        var options = typeInfo.Options;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions
        {
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
            MaxDepth = options.MaxDepth,
        });
        try
        {
            for (var rest = path; rest.GoesOn; rest = rest.Next())
                reader = Find(reader, rest.Segment);
        }
        catch (InvalidOperationException exception)
        {
            throw NotUnicode(exception);
        }

        var payload = JsonSerializer.Deserialize(ref reader, typeInfo);
        if (!path.GoesOn)
            _ = reader.Read();
        return payload;
    }

    /// <summary>The reader before a property's value. Of properties given twice the last one counts, as it does for the
    /// serializer.</summary>
    private static Utf8JsonReader Find(Utf8JsonReader reader, ReadOnlySpan<char> name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("There is no payload where it was looked for.");

        var found = reader;
        var isThere = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                found = reader;
                isThere = true;
            }

            reader.Skip();
        }

        if (reader.CurrentDepth == 0)
            _ = reader.Read();
        return isThere ? found : throw new JsonException("There is no payload where it was looked for.");
    }

    // The parser finds out only when it compares a name that half of a surrogate pair is in it.
    private static JsonException NotUnicode(InvalidOperationException exception) =>
        new("A property's name isn't Unicode.", exception);
}
