namespace Webhooks;

/// <summary>What became of the webhooks in the inbox, and a hand in it: find, redeliver, recover, cancel.</summary>
/// <remarks>Nothing here knows who asks. Lists are paged by key: going through them costs the same on every page, and
/// what is stored meanwhile shifts nothing.</remarks>
public interface IWebhookInbox
{
    /// <summary>Finds webhooks, the newest first unless asked otherwise.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A page of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentException">The continuation isn't one of this query's.</exception>
    Task<WebhookPage<InboxWebhook>> FindAsync(InboxQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads how one webhook stands.</summary>
    /// <param name="inboxId">Its <see cref="InboxWebhook.InboxId"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The webhook, or null when there is none of this id, or none any more.</returns>
    Task<InboxWebhook?> GetAsync(MessageId inboxId, CancellationToken cancellationToken = default);

    /// <summary>Reads what one webhook holds.</summary>
    /// <param name="inboxId">Its <see cref="InboxWebhook.InboxId"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The content, or null when there is no webhook of this id, or none any more.</returns>
    Task<InboxContent?> GetContentAsync(MessageId inboxId, CancellationToken cancellationToken = default);

    /// <summary>Reads every attempt to handle a webhook, the first one first.</summary>
    /// <param name="inboxId">Its <see cref="InboxWebhook.InboxId"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The attempts; none when there is no such webhook.</returns>
    Task<IReadOnlyList<AttemptRecord>> GetAttemptsAsync(
        MessageId inboxId, CancellationToken cancellationToken = default);

    /// <summary>Has a webhook handled once more, whatever became of it: at once, with the retries of a new one.</summary>
    /// <param name="inboxId">Its <see cref="InboxWebhook.InboxId"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such webhook, or it is being handled.</returns>
    Task<bool> RedeliverAsync(MessageId inboxId, CancellationToken cancellationToken = default);

    /// <summary>Has all dead letters of a source handled once more, the oldest first.</summary>
    /// <param name="source">The source's name; case doesn't matter.</param>
    /// <param name="since">Those stored at this time or later.</param>
    /// <param name="cancellationToken">Gives up; what is redelivered stays so.</param>
    /// <returns>How many; 0 too when the inbox never held a webhook of such a source.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is null or empty.</exception>
    Task<long> RecoverAsync(string source, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Cancels a webhook that is pending. Handlers at work aren't called back, but whatever comes of them, the
    /// webhook stays cancelled, and a mark of theirs is refused.</summary>
    /// <param name="inboxId">Its <see cref="InboxWebhook.InboxId"/>.</param>
    /// <param name="cancellationToken">Gives up; what is cancelled stays so.</param>
    /// <returns>Whether it was pending and is cancelled now.</returns>
    Task<bool> CancelAsync(MessageId inboxId, CancellationToken cancellationToken = default);
}
