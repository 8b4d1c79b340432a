using Microsoft.Extensions.Logging;

namespace Webhooks;

internal sealed class WebhookDeliveries(
    WebhookStore store, EndpointNames endpoints, WorkNotifier notifier, DeliveriesMetrics metrics, ILogger logger)
    : IWebhookDeliveries
{
    private readonly DeliverySearch _search = new(store, endpoints);
    private readonly DeliveryRounds _rounds = new(store);

    public Task<WebhookPage<PublishedMessage>> FindMessagesAsync(
        MessageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _search.FindMessagesAsync(query, cancellationToken);
    }

    public Task<PublishedMessage?> GetMessageAsync(MessageId messageId, CancellationToken cancellationToken = default)
        => _search.GetMessageAsync(messageId, cancellationToken);

    public Task<WebhookPage<WebhookDelivery>> FindAsync(
        DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _search.FindAsync(query, cancellationToken);
    }

    public Task<WebhookDelivery?> GetAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        return _search.GetAsync(messageId, endpointId, cancellationToken);
    }

    public async Task<IReadOnlyList<AttemptRecord>> GetAttemptsAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        var delivery = await _search.FindRecordAsync(messageId, endpointId, cancellationToken).ConfigureAwait(false);
        return delivery is null
            ? []
            : await store.FindAttemptsAsync(delivery.Id, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> CancelAsync(
        MessageId messageId, string? endpointId = null, CancellationToken cancellationToken = default)
    {
        var message = await _search.FindMessageAsync(messageId, withPayload: false, cancellationToken)
            .ConfigureAwait(false);
        var endpoint = endpointId is null
            ? null
            : await endpoints.FindAsync(endpointId, cancellationToken).ConfigureAwait(false);
        if (message is null || (endpointId is not null && endpoint is null))
            return 0;

        var filter = new DeliveryFilter
        {
            MessageNumber = message.Number,
            EndpointNumber = endpoint?.Number,
            State = DeliveryState.Pending,
        };
        var count = (int)await _rounds.ForAllAsync(
            filter, ids => store.CancelAsync(ids, cancellationToken), cancellationToken).ConfigureAwait(false);
        logger.Cancelled(count, messageId.Value);
        metrics.Cancelled(count);
        return count;
    }

    public async Task<bool> RedeliverAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        var delivery = await _search.FindRecordAsync(messageId, endpointId, cancellationToken).ConfigureAwait(false);
        if (delivery is null || await RedeliverAsync([delivery.Id], cancellationToken).ConfigureAwait(false) == 0)
            return false;

        logger.Redelivered(messageId.Value, endpointId);
        metrics.Redelivered(1);
        return true;
    }

    public async Task<long> RecoverAsync(
        string endpointId, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        var endpoint = await endpoints.GetAsync(endpointId, cancellationToken).ConfigureAwait(false);
        var filter = new DeliveryFilter
        {
            EndpointNumber = endpoint.Number,
            State = DeliveryState.Failed,
            From = since,
        };
        var count = await _rounds.ForAllAsync(
            filter, ids => RedeliverAsync(ids, cancellationToken), cancellationToken).ConfigureAwait(false);
        logger.Recovered(count, endpointId, since);
        metrics.Recovered(count);
        return count;
    }

    public async Task<long> ReplayAsync(
        string endpointId,
        DateTimeOffset from,
        DateTimeOffset until,
        IReadOnlyList<EventTypeFilter>? eventTypes = null,
        CancellationToken cancellationToken = default)
    {
        var endpoint = await endpoints.GetAsync(endpointId, cancellationToken).ConfigureAwait(false);
        var filter = new MessageFilter
        {
            Tenant = endpoint.Tenant,
            EventType = eventTypes is [var only] && EventType.TryParse(only.Value, out var exact) ? exact.Value : null,
            From = from,
            Until = until,
        };
        var count = await _rounds.ForAllAsync(
            filter, IsWanted, numbers => ReplayAsync(numbers, endpoint.Number, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        logger.Replayed(count, from, until, endpointId);
        metrics.Replayed(count);
        return count;

        bool IsWanted(MessageRecord message)
            => eventTypes is null || eventTypes.Any(type => type.Matches(EventType.OfChecked(message.EventType)));
    }

    private async Task<int> RedeliverAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
    {
        var count = await store.RedeliverAsync(deliveryIds, AttemptTrigger.Manual, cancellationToken)
            .ConfigureAwait(false);
        return Call(count);
    }

    private async Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
    {
        var count = await store.ReplayAsync(messageNumbers, endpointNumber, cancellationToken).ConfigureAwait(false);
        return Call(count);
    }

    private int Call(int count)
    {
        if (count > 0)
            notifier.WorkArrived();
        return count;
    }
}
