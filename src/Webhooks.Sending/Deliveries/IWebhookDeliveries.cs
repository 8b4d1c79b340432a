namespace Webhooks;

/// <summary>What became of published messages, and a hand in it: find, cancel, redeliver, recover, replay.</summary>
/// <remarks>
/// Nothing here knows who asks: give the tenant with a query wherever tenants look at their own deliveries. Lists are
/// paged by key: going through them costs the same on every page, and what is stored meanwhile shifts nothing.
/// </remarks>
public interface IWebhookDeliveries
{
    /// <summary>Finds published messages, the newest first unless asked otherwise.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentException">The continuation isn't one of this query's.</exception>
    Task<WebhookPage<PublishedMessage>> FindMessagesAsync(
        MessageQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads one published message, payload included.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The message, or null when there is none of this id, or none any more.</returns>
    Task<PublishedMessage?> GetMessageAsync(MessageId messageId, CancellationToken cancellationToken = default);

    /// <summary>Finds deliveries, the newest first unless asked otherwise.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentException">The continuation isn't one of this query's.</exception>
    Task<WebhookPage<WebhookDelivery>> FindAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads one delivery.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The delivery, or null when there is none.</returns>
    Task<WebhookDelivery?> GetAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Reads every attempt of a delivery, the first one first.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The attempts; none when there is no such delivery.</returns>
    Task<IReadOnlyList<AttemptRecord>> GetAttemptsAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Cancels a message's pending deliveries. A request that is under way isn't called back, but whatever
    /// comes of it, the delivery stays cancelled.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="endpointId">Only the delivery to this endpoint; null for all.</param>
    /// <param name="cancellationToken">Gives up; what is cancelled stays so.</param>
    /// <returns>How many deliveries were pending and are cancelled now.</returns>
    Task<int> CancelAsync(
        MessageId messageId, string? endpointId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Delivers a message to an endpoint once more, whatever became of it: at once, with the retries of a new delivery
    /// and the message's own id. An endpoint that is disabled gets it when it is enabled.
    /// </summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such delivery, its endpoint is deleted, or an attempt is under way.</returns>
    Task<bool> RedeliverAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Redelivers all failed deliveries of an endpoint, the oldest first.</summary>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="since">Those of messages stored at this time or later.</param>
    /// <param name="cancellationToken">Gives up; what is redelivered stays so.</param>
    /// <returns>How many.</returns>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    Task<long> RecoverAsync(
        string endpointId, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>
    /// Delivers stored messages of the endpoint's tenant to it, the oldest first, whether or not it had subscribed to
    /// them or got them before.
    /// </summary>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="from">Messages stored at this time or later.</param>
    /// <param name="until">Messages stored before this time.</param>
    /// <param name="eventTypes">Only those that pass one of these filters; null for all.</param>
    /// <param name="cancellationToken">Gives up; what is replayed stays so.</param>
    /// <returns>How many deliveries became due.</returns>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    Task<long> ReplayAsync(
        string endpointId,
        DateTimeOffset from,
        DateTimeOffset until,
        IReadOnlyList<EventTypeFilter>? eventTypes = null,
        CancellationToken cancellationToken = default);
}
