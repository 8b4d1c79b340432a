namespace Webhooks;

/// <summary>What is done with a delivery whose turn has come. The engine around it knows queues, leases, limits and
/// retries, and nothing of HTTP.</summary>
internal interface IDeliveryHandler
{
    /// <summary>Makes one attempt. Whatever goes wrong is the attempt's result; only cancellation is thrown.</summary>
    /// <param name="run">The delivery, for who completes it himself, see <see cref="HeldDelivery.Marked"/>.</param>
    /// <param name="message">What to deliver.</param>
    /// <param name="endpoint">Where to; may throw <see cref="InvalidOperationException"/> when it is read.</param>
    /// <param name="cancellationToken">Cuts the attempt off, which then doesn't count.</param>
    ValueTask<WebhookAttempt> AttemptAsync(
        HeldDelivery run, WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Hears of each attempt and what it did to its endpoint's circuit. Must not block or throw.</summary>
    void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change);
}
