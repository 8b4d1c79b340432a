using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>The library's sender, allowed to reach loopback.</summary>
internal sealed class OurSender : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public OurSender(Func<byte[], byte[]>? tamper = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddWebhookSender(options =>
        {
            options.Network.AllowPrivateNetworks = true;
            options.RetryPolicy = RetryPolicy.None;
        });
        if (tamper is not null)
            builder.HttpClient.AddHttpMessageHandler(() => new TamperingHandler(tamper));
        _services = services.BuildServiceProvider();
    }

    public static WebhookMessage Message() => WebhookMessage.CreateEnvelope(The.EventType, The.Invoice, InvoiceJson.Default.Invoice);

    /// <summary>Sends what a provider would send.</summary>
    public Task<WebhookSendResult> SendAsync(SimulatedProvider provider, Uri url) => SendAsync(
        WebhookMessage.Create(The.EventType, provider.Body(), provider.ContentType),
        new WebhookEndpoint(new Uri(url, provider.Query), new EndpointSignature(provider.Scheme, provider.SigningKey)));

    public Task<WebhookSendResult> SendAsync(WebhookMessage message, WebhookEndpoint endpoint) =>
        _services.GetRequiredService<IWebhookSender>().SendAsync(message, endpoint, TestContext.Current.CancellationToken);

    public Task<WebhookSendResult> SendAsync(WebhookMessage message, int port, params string[] secrets)
    {
        var signature = new EndpointSignature(SignatureSchemes.StandardWebhooks, secrets.Select(secret => SigningSecret.Parse(secret)));
        return SendAsync(message, new WebhookEndpoint(new Uri($"http://127.0.0.1:{port}/"), signature));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class TamperingHandler(Func<byte[], byte[]> tamper) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var original = request.Content!;
            request.Content = new ByteArrayContent(tamper(await original.ReadAsByteArrayAsync(cancellationToken)));
            request.Content.Headers.ContentType = original.Headers.ContentType;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
