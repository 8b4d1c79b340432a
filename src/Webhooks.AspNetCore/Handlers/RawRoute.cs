using System.Buffers;

namespace Webhooks;

/// <summary>A handler that takes the webhook as it is: a fallback, or one for what isn't JSON.</summary>
internal sealed class RawRoute(
    EventPattern pattern, string? version, Func<WebhookEvent, CancellationToken, Task> handler)
    : HandlerRoute(pattern, version)
{
    public override Type? PayloadType => null;

    public override Func<IServiceProvider, CancellationToken, Task> Prepare(
        ReceivedWebhook received, string? eventVersion, JsonPath path) =>
        (services, cancellationToken) => handler(
            new WebhookEvent<ReadOnlySequence<byte>>(received, received.Body)
            {
                Version = eventVersion,
                Services = services,
            },
            cancellationToken);
}
