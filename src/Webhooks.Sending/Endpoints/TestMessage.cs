using System.Buffers;
using System.Text.Json;

namespace Webhooks;

/// <summary>The message that tries an endpoint out: a Standard Webhooks envelope.</summary>
internal static class TestMessage
{
    private static readonly EventType Type = EventType.Parse("webhooks.test");

    public static WebhookMessage Create(EndpointRecord endpoint, TimeProvider timeProvider)
    {
        var now = timeProvider.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", Type.Value);
            writer.WriteString("timestamp", now.UtcDateTime);
            writer.WriteStartObject("data");
            writer.WriteString("endpoint", endpoint.Id);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return WebhookMessage.Create(Type, buffer.WrittenSpan.ToArray(), timeProvider: timeProvider) with
        {
            Tenant = endpoint.Tenant,
            Timestamp = now,
        };
    }
}
