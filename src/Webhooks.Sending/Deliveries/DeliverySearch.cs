using System.Globalization;

namespace Webhooks;

/// <summary>Finds messages and deliveries page by page.</summary>
internal sealed class DeliverySearch(WebhookStore store, EndpointNames endpoints)
{
    public async Task<WebhookPage<PublishedMessage>> FindMessagesAsync(
        MessageQuery query, CancellationToken cancellationToken)
    {
        var text = Continuation.Query(
            "messages", query.Tenant, query.EventType?.Value, Text(query.From), Text(query.Until),
            Text(query.OldestFirst));
        var filter = new MessageFilter
        {
            Tenant = query.Tenant,
            EventType = query.EventType?.Value,
            From = query.From,
            Until = query.Until,
            OldestFirst = query.OldestFirst,
            WithPayload = query.WithPayload,
            After = Continuation.Read(text, query.Continuation),
            Limit = query.PageSize + 1,
        };
        var found = await store.FindMessagesAsync(filter, cancellationToken).ConfigureAwait(false);
        return Page(
            found, query.PageSize, message => Show(message, query.WithPayload),
            message => Continuation.Write(text, message.Number));
    }

    public async Task<WebhookPage<WebhookDelivery>> FindAsync(
        DeliveryQuery query, CancellationToken cancellationToken)
    {
        var text = Continuation.Query(
            "deliveries", query.MessageId?.Value, query.EndpointId, query.Tenant, query.EventType?.Value,
            query.State?.ToString(), Text(query.From), Text(query.Until), Text(query.OldestFirst));
        var after = Continuation.Read(text, query.Continuation);
        if (await FilterAsync(query, after, cancellationToken).ConfigureAwait(false) is not { } filter)
            return new WebhookPage<WebhookDelivery>([], null);

        var found = await store.FindDeliveriesAsync(filter, cancellationToken).ConfigureAwait(false);
        var known = await endpoints.KnowingAsync(found, cancellationToken).ConfigureAwait(false);
        return Page(
            found, query.PageSize, delivery => Show(delivery, known),
            delivery => Continuation.Write(text, delivery.Id));
    }

    public async Task<PublishedMessage?> GetMessageAsync(MessageId id, CancellationToken cancellationToken)
        => await FindMessageAsync(id, withPayload: true, cancellationToken).ConfigureAwait(false) is { } message
            ? Show(message, withPayload: true)
            : null;

    public async Task<WebhookDelivery?> GetAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken)
    {
        var delivery = await FindRecordAsync(messageId, endpointId, cancellationToken).ConfigureAwait(false);
        if (delivery is null)
            return null;

        return Show(delivery, await endpoints.KnowingAsync([delivery], cancellationToken).ConfigureAwait(false));
    }

    public async Task<DeliveryRecord?> FindRecordAsync(
        MessageId messageId, string endpointId, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery { MessageId = messageId, EndpointId = endpointId, PageSize = 1 };
        if (await FilterAsync(query, after: null, cancellationToken).ConfigureAwait(false) is not { } filter)
            return null;

        var found = await store.FindDeliveriesAsync(filter, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<MessageRecord?> FindMessageAsync(
        MessageId id, bool withPayload, CancellationToken cancellationToken)
    {
        var filter = new MessageFilter { Id = id.Value, WithPayload = withPayload, Limit = 1 };
        var found = await store.FindMessagesAsync(filter, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    // Null when the query names a message or an endpoint that doesn't exist: nothing can match.
    private async Task<DeliveryFilter?> FilterAsync(
        DeliveryQuery query, long? after, CancellationToken cancellationToken)
    {
        var message = query.MessageId is { } messageId
            ? await FindMessageAsync(messageId, withPayload: false, cancellationToken).ConfigureAwait(false)
            : null;
        var endpoint = query.EndpointId is { } endpointId
            ? await endpoints.FindAsync(endpointId, cancellationToken).ConfigureAwait(false)
            : null;
        if ((query.MessageId is not null && message is null) || (query.EndpointId is not null && endpoint is null))
            return null;

        return new DeliveryFilter
        {
            MessageNumber = message?.Number,
            EndpointNumber = endpoint?.Number,
            Tenant = query.Tenant,
            EventType = query.EventType?.Value,
            State = query.State,
            From = query.From,
            Until = query.Until,
            OldestFirst = query.OldestFirst,
            After = after,
            Limit = query.PageSize + 1,
        };
    }

    // One more than the page was asked for, so that the last page knows that it is the last.
    private static WebhookPage<TShown> Page<TFound, TShown>(
        IReadOnlyList<TFound> found, int size, Func<TFound, TShown> show, Func<TFound, string> continuation)
        => new([.. found.Take(size).Select(show)], found.Count > size ? continuation(found[size - 1]) : null);

    private static PublishedMessage Show(MessageRecord message, bool withPayload) => new()
    {
        Id = MessageId.Parse(message.Id),
        EventType = EventType.OfChecked(message.EventType),
        Tenant = message.Tenant,
        Timestamp = message.Timestamp,
        PublishedAt = message.CreatedAt,
        ExpiresAt = message.ExpiresAt,
        ContentType = message.ContentType,
        Payload = withPayload ? message.Payload : default(ReadOnlyMemory<byte>?),
        OrderingKey = message.OrderingKey,
        IdempotencyKey = message.IdempotencyKey,
    };

    private static WebhookDelivery Show(DeliveryRecord delivery, EndpointSnapshot endpoints) => new()
    {
        MessageId = MessageId.Parse(delivery.MessageId),
        EventType = EventType.OfChecked(delivery.EventType),
        Tenant = delivery.Tenant,
        EndpointId = endpoints.Recall(delivery.EndpointNumber)?.Id,
        State = delivery.State,
        Failure = delivery.Failure,
        CreatedAt = delivery.CreatedAt,
        DueAt = delivery.DueAt,
        CompletedAt = delivery.CompletedAt,
        Attempts = delivery.Attempts,
        LastAttempt = delivery.LastAttempt,
    };

    private static string? Text(DateTimeOffset? time)
        => time?.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool flag) => flag ? "1" : "0";
}
