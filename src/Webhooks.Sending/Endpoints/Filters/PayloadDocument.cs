using System.Text.Json;
using System.Text.Unicode;

namespace Webhooks;

internal static class PayloadDocument
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The payload as JSON, or null when it isn't. Dispose of it.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> payload)
    {
        // The parser looks at the encoding of texts only when they are read.
        if (!Utf8.IsValid(payload.Span))
            return null;

        try
        {
            return JsonDocument.Parse(payload, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
