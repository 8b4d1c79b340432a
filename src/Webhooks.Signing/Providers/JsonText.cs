using System.Text.Json;
using System.Text.Unicode;

namespace Webhooks;

/// <summary>Reads bodies that hold their own signature: strictly, so that no two readers see two meanings.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a body; the caller disposes of it.</summary>
    /// <returns>Null if the body isn't a JSON object in UTF-8, or has a property twice.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        // The parser looks at the encoding of texts only when they are read.
        if (!Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A property that is a string, or a number as it is written; else null.</summary>
    public static string? Find(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? null
                : value.ValueKind == JsonValueKind.String ? value.GetString()
                : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
                : null;
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair has no text.
            return null;
        }
    }
}
