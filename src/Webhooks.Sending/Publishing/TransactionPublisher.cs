using System.Data.Common;

namespace Webhooks;

/// <summary>Publishes through the application's own transaction, which nobody else's messages can join.</summary>
internal sealed class TransactionPublisher(
    WebhookStore store,
    EndpointDirectory directory,
    PublishPlanner planner,
    PublishReporter reporter,
    WorkNotifier notifier,
    TimeProvider timeProvider)
{
    private const int MaxTries = 20;
    private const int TriesWithoutPause = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task<IReadOnlyList<PublishResult>> PublishAsync(
        PublishRequest request, DbTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await StoreAsync(request, transaction, cancellationToken).ConfigureAwait(false);
            return reporter.Results(request.Messages, stored, first: 0, isRetried: false, request.StartedAt);
        }
        catch (Exception exception) when (exception is not WebhookConflictException)
        {
            reporter.Failed(request);
            throw;
        }
    }

    private async Task<IReadOnlyList<StoredMessage>> StoreAsync(
        PublishRequest request, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var snapshot = directory.Current;
        for (var tries = 1; tries <= MaxTries; tries++)
        {
            request.Plan(planner, snapshot);
            var batch = new PublishBatch(request.Planned, snapshot.Revision);
            var outcome = await store.PublishAsync(batch, transaction, notifier.WorkArrived, cancellationToken)
                .ConfigureAwait(false);
            if (!outcome.IsStale)
                return outcome.Messages;

            if (tries > TriesWithoutPause)
                await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
            snapshot = await directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        // A transaction that sees the database as it was when it began may never see what this node reads.
        throw new InvalidOperationException(
            "The endpoints change while the transaction is open, and it doesn't see that: publish in a transaction of "
            + "isolation level ReadCommitted, or begin a new one.");
    }
}
