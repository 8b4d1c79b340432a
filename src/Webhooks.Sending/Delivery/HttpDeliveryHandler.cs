namespace Webhooks;

/// <summary>Delivers over HTTP.</summary>
internal sealed class HttpDeliveryHandler(AttemptSender sender, EndpointHealth health) : IDeliveryHandler
{
    public ValueTask<WebhookAttempt> AttemptAsync(
        HeldDelivery run, WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken)
        => sender.SendAsync(message, endpoint, run.Delivery.Attempts + 1, cancellationToken);

    public void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change)
        => health.Report(entry, attempt, change);
}
