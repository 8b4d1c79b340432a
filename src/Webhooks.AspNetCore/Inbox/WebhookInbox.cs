namespace Webhooks;

/// <summary>The engine's deliveries as what they are here: webhooks of sources. Each message has one delivery, whose
/// endpoint is its source.</summary>
internal sealed class WebhookInbox(
    IWebhookDeliveries deliveries, DeliverySearch search, EndpointNames places, InboxSources sources) : IWebhookInbox
{
    public async Task<WebhookPage<InboxWebhook>> FindAsync(
        InboxQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = await deliveries.FindAsync(
            new DeliveryQuery
            {
                EndpointId = query.Source is { } source ? sources.IdOf(source) : null,
                EventType = query.EventType,
                State = (DeliveryState?)query.State,
                From = query.From,
                Until = query.Until,
                OldestFirst = query.OldestFirst,
                PageSize = query.PageSize,
                Continuation = query.Continuation,
            },
            cancellationToken).ConfigureAwait(false);
        return new([.. found.Items.Select(Show)], found.Continuation);
    }

    public async Task<InboxWebhook?> GetAsync(MessageId inboxId, CancellationToken cancellationToken = default)
        => await DeliveryAsync(inboxId, cancellationToken).ConfigureAwait(false) is { } delivery
            ? Show(delivery)
            : null;

    public async Task<InboxContent?> GetContentAsync(MessageId inboxId, CancellationToken cancellationToken = default)
        => await search.FindMessageAsync(inboxId, withPayload: true, cancellationToken).ConfigureAwait(false)
            is { } message
            ? InboxMessages.Show(WebhookMessage.OfRecord(message))
            : null;

    public async Task<IReadOnlyList<AttemptRecord>> GetAttemptsAsync(
        MessageId inboxId, CancellationToken cancellationToken = default)
        => await DeliveryAsync(inboxId, cancellationToken).ConfigureAwait(false) is { } delivery
            ? await deliveries.GetAttemptsAsync(inboxId, delivery.EndpointId!, cancellationToken).ConfigureAwait(false)
            : [];

    public async Task<bool> RedeliverAsync(MessageId inboxId, CancellationToken cancellationToken = default)
        => await DeliveryAsync(inboxId, cancellationToken).ConfigureAwait(false) is { } delivery
            && await deliveries.RedeliverAsync(inboxId, delivery.EndpointId!, cancellationToken).ConfigureAwait(false);

    public async Task<long> RecoverAsync(
        string source, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        var id = sources.IdOf(source);
        return await places.FindAsync(id, cancellationToken).ConfigureAwait(false) is null
            ? 0
            : await deliveries.RecoverAsync(id, since, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> CancelAsync(MessageId inboxId, CancellationToken cancellationToken = default)
        => await deliveries.CancelAsync(inboxId, cancellationToken: cancellationToken).ConfigureAwait(false) > 0;

    private async Task<WebhookDelivery?> DeliveryAsync(MessageId inboxId, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery { MessageId = inboxId, PageSize = 1 };
        var found = await deliveries.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return found.Items.Count == 0 ? null : found.Items[0];
    }

    private InboxWebhook Show(WebhookDelivery delivery) => new()
    {
        InboxId = delivery.MessageId,
        Source = sources.NameOf(delivery.EndpointId!),
        EventType = delivery.EventType,
        State = (InboxState)delivery.State,
        ReceivedAt = delivery.CreatedAt,
        DueAt = delivery.DueAt,
        CompletedAt = delivery.CompletedAt,
        Attempts = delivery.Attempts,
        LastAttempt = delivery.LastAttempt,
    };
}
