namespace Webhooks;

/// <summary>A stored endpoint as this process knows it. Immutable: a change makes a new one.</summary>
internal sealed class EndpointEntry(EndpointRecord record, Lazy<WebhookEndpoint> endpoint)
{
    public EndpointRecord Record => record;

    /// <summary>The endpoint to send to, made when first asked for.</summary>
    /// <exception cref="InvalidOperationException">What is stored can't be read: a key is missing, or a scheme isn't
    /// known here. The message names what, never a secret.</exception>
    public WebhookEndpoint Endpoint => endpoint.Value;
}
