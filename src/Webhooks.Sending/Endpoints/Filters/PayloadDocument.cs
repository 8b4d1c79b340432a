using System.Text.Json;

namespace Webhooks;

internal static class PayloadDocument
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The payload as JSON, or null when it isn't. Dispose of it.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> payload)
    {
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
