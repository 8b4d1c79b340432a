using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks;

/// <summary>A handler that takes the payload as an object.</summary>
internal sealed class PayloadRoute<T>(
    EventPattern pattern,
    string? version,
    JsonTypeInfo<T> typeInfo,
    Func<WebhookEvent<T>, CancellationToken, Task> handler)
    : HandlerRoute(pattern, version)
{
    public override Type PayloadType => typeof(T);

    public override Func<IServiceProvider, CancellationToken, Task> Prepare(
        ReceivedWebhook received, string? eventVersion, JsonPath path)
    {
        var payload = JsonPayload.Read(received.Body, typeInfo, path)
            ?? throw new JsonException("The payload is null.");
        return (services, cancellationToken) => handler(
            new WebhookEvent<T>(received, payload) { Version = eventVersion, Services = services }, cancellationToken);
    }
}
