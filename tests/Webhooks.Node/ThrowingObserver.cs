namespace Webhooks.Node;

internal sealed class ThrowingObserver : IWebhookEndpointObserver
{
    public Task OnChangedAsync(EndpointChange change, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This observer throws.");
}
