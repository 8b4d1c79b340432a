using System.Data.Common;

namespace Webhooks;

/// <summary>A webhook's place in the inbox while its handlers run: how they mark it as handled in a transaction.</summary>
/// <param name="store">The inbox's store.</param>
/// <param name="run">The webhook, as this process holds it.</param>
/// <param name="succeed">The attempt as it is if its handlers succeed now.</param>
internal sealed class InboxPlace(WebhookStore store, HeldDelivery run, Func<WebhookAttempt> succeed)
{
    public async ValueTask MarkAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        // Before the row may be locked, so that no renewal waits for the transaction.
        var outcome = OutcomePlanner.Success(run, succeed());
        run.Marked = outcome;
        var written = await store.CompleteAsync([outcome], transaction, cancellationToken).ConfigureAwait(false);
        if (!written[0])
        {
            throw new WebhookConflictException(
                "The webhook isn't this process's any more, or is marked already: roll the transaction back.");
        }
    }

    public Task HandleOnceAsync(
        Func<DbTransaction, CancellationToken, Task> effect, CancellationToken cancellationToken) =>
        store.RunInTransactionAsync(
            async (transaction, token) =>
            {
                await effect(transaction, token).ConfigureAwait(false);
                await MarkAsync(transaction, token).ConfigureAwait(false);
            },
            cancellationToken);
}
