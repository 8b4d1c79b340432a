namespace Webhooks;

/// <summary>Delivers over HTTP.</summary>
internal sealed class HttpDeliveryHandler(AttemptSender sender, EndpointHealth health) : IDeliveryHandler
{
    public ValueTask<WebhookAttempt> AttemptAsync(
        WebhookMessage message, WebhookEndpoint endpoint, int number, CancellationToken cancellationToken)
        => sender.SendAsync(message, endpoint, number, cancellationToken);

    public void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change)
        => health.Report(entry, attempt, change);
}
