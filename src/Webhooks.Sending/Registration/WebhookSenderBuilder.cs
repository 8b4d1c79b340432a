using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>What <c>AddWebhookSender</c> returns, to go on from.</summary>
public sealed class WebhookSenderBuilder : IWebhookStoreBuilder
{
    internal WebhookSenderBuilder(IServiceCollection services, IHttpClientBuilder httpClient)
    {
        Services = services;
        HttpClient = httpClient;
    }

    /// <summary>
    /// The application's services. Register an <see cref="IWebhookSigner"/> to sign in another way, a
    /// <see cref="TimeProvider"/> or <see cref="Random"/> to control time and jitter.
    /// </summary>
    public IServiceCollection Services { get; }

    /// <inheritdoc />
    string? IWebhookStoreBuilder.StoreName => null;

    /// <summary>
    /// The HTTP client that webhooks and token requests go through; add delegating handlers to it. They see the signed
    /// request: one that changes the body makes its signature wrong. The network guard is the primary handler:
    /// replacing that one, which tests do, takes the guard away. Handlers for all clients
    /// (<c>ConfigureHttpClientDefaults</c>) aren't applied, since retries and headers meant for your own services would
    /// reach strangers.
    /// </summary>
    public IHttpClientBuilder HttpClient { get; }
}
