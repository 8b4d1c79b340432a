using System.Data.Common;

namespace Webhooks;

/// <summary>
/// Publishes messages: when a call returns, each message and one delivery for every endpoint that wants it are stored,
/// and will be delivered at least once.
/// </summary>
/// <remarks>
/// An endpoint wants a message when it is enabled, of the message's tenant, and its event types and payload filter
/// match. A call that threw may have stored the message or not. Publishing the same message object again is safe: its
/// id makes it a duplicate, which stores nothing.
/// </remarks>
public interface IWebhookPublisher
{
    /// <summary>Publishes one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. What is being written by then is written.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentException">The payload is larger than
    /// <see cref="WebhookDeliveryOptions.MaxPayloadBytes"/>, or the message expires before it may be sent. One that has
    /// expired already is stored, and its deliveries fail where everybody can see it.</exception>
    /// <exception cref="WebhookConflictException">Another tenant has a message of this id.</exception>
    /// <exception cref="TimeoutException">For 30 seconds a transaction that is still open, most likely one of the
    /// application's own, held the ordering key or the idempotency key.</exception>
    Task<PublishResult> PublishAsync(WebhookMessage message, CancellationToken cancellationToken = default);

    /// <summary>Publishes several messages in one transaction.</summary>
    /// <param name="messages">The messages. They are stored in this order; all of them are held in memory.</param>
    /// <param name="cancellationToken">Ends the wait. What is being written by then is written.</param>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A payload is larger than
    /// <see cref="WebhookDeliveryOptions.MaxPayloadBytes"/>, or a message expires before it may be sent.</exception>
    /// <exception cref="WebhookConflictException">Another tenant has a message of the id of one of them. That one isn't
    /// stored; the others are.</exception>
    /// <exception cref="TimeoutException">For 30 seconds a transaction that is still open, most likely one of the
    /// application's own, held an ordering key or idempotency key of one of them.</exception>
    Task<IReadOnlyList<PublishResult>> PublishAsync(
        IReadOnlyList<WebhookMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>Publishes one message in the application's own transaction: it is there when that commits.</summary>
    /// <param name="message">The message.</param>
    /// <param name="transaction">An open transaction of the store's own database.</param>
    /// <param name="cancellationToken">Gives up; roll the transaction back then.</param>
    /// <returns>What becomes of it, if the transaction commits.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The message can't be published (see the overload without a transaction), or
    /// the transaction is another database's or has ended.</exception>
    /// <exception cref="InvalidOperationException">The endpoints change faster than the transaction sees
    /// them.</exception>
    /// <exception cref="NotSupportedException">The store can't join transactions.</exception>
    /// <exception cref="WebhookConflictException">Another tenant has a message of this id.</exception>
    Task<PublishResult> PublishAsync(
        WebhookMessage message, DbTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>Publishes several messages in the application's own transaction: they are there when that
    /// commits.</summary>
    /// <param name="messages">The messages. They are stored in this order.</param>
    /// <param name="transaction">An open transaction of the store's own database.</param>
    /// <param name="cancellationToken">Gives up; roll the transaction back then.</param>
    /// <returns>What becomes of each, in their order, if the transaction commits.</returns>
    /// <exception cref="ArgumentNullException">An argument or a message is null.</exception>
    /// <exception cref="ArgumentException">A message can't be published (see the overload without a transaction), or
    /// the transaction is another database's or has ended.</exception>
    /// <exception cref="InvalidOperationException">The endpoints change faster than the transaction sees
    /// them.</exception>
    /// <exception cref="NotSupportedException">The store can't join transactions.</exception>
    /// <exception cref="WebhookConflictException">Another tenant has a message of the id of one of them.</exception>
    Task<IReadOnlyList<PublishResult>> PublishAsync(
        IReadOnlyList<WebhookMessage> messages, DbTransaction transaction,
        CancellationToken cancellationToken = default);
}
