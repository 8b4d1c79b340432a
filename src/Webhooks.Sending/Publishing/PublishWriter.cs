using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Writes one batch of requests and tells each caller what became of theirs.</summary>
internal sealed class PublishWriter(
    PublishRoute route,
    EndpointDirectory directory,
    PublishPlanner planner,
    PublishReporter reporter,
    WorkNotifier notifier,
    TimeProvider timeProvider,
    ILogger logger)
{
    private const int TriesWithoutPause = 5;
    private const int FailuresUntilAllFail = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends every request with a result or an exception.</summary>
    public async ValueTask WriteAsync(List<PublishRequest> requests)
    {
        if (await TryWriteAsync(requests).ConfigureAwait(false) is not { } failure)
            return;

        if (requests.Count == 1)
        {
            Fail(requests[0], failure);
            return;
        }

        logger.BatchFailed(failure, requests.Count);
        await WriteEachAsync(requests, failure).ConfigureAwait(false);
    }

    /// <summary>
    /// Tries each request alone, so that only those fail that can't be written. When several fail one after the other
    /// it is the store that fails, and the rest needn't wait for it to do so once for each.
    /// </summary>
    private async ValueTask WriteEachAsync(List<PublishRequest> requests, Exception failure)
    {
        var failed = 0;
        foreach (var request in requests)
        {
            request.IsRetried = true;
            var own = failed < FailuresUntilAllFail
                ? await TryWriteAsync([request]).ConfigureAwait(false)
                : failure;
            failed = own is null ? 0 : failed + 1;
            if (own is not null)
                Fail(request, own);
        }
    }

    private async ValueTask<Exception?> TryWriteAsync(List<PublishRequest> requests)
    {
        try
        {
            await StoreAsync(requests).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // What a store throws has no common type, and belongs to the callers.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private async ValueTask StoreAsync(List<PublishRequest> requests)
    {
        var snapshot = directory.Current;
        for (var tries = 1; ; tries++)
        {
            var batch = Plan(requests, snapshot);
            var outcome = await route.PublishAsync(batch, snapshot).ConfigureAwait(false);
            if (!outcome.IsStale)
            {
                Complete(requests, outcome);
                return;
            }

            // Somebody writes endpoints faster than this node reads them. That ends, and messages can wait for it.
            if (tries > TriesWithoutPause)
            {
                logger.EndpointsKeepChanging(tries);
                await Task.Delay(Pause, timeProvider).ConfigureAwait(false);
            }

            snapshot = await directory.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private PublishBatch Plan(List<PublishRequest> requests, EndpointSnapshot snapshot)
    {
        var messages = new List<NewMessage>(requests.Count);
        foreach (var request in requests)
        {
            request.Plan(planner, snapshot);
            messages.AddRange(request.Planned);
        }

        return new PublishBatch(messages, snapshot.Revision) { Notifies = notifier.IsDue };
    }

    private void Complete(List<PublishRequest> requests, PublishOutcome outcome)
    {
        // Before the callers go on, and whatever comes of telling them.
        if (PublishReporter.BringsWork(outcome))
            notifier.WorkArrived(outcome.HasNotified);

        var next = 0;
        foreach (var request in requests)
        {
            reporter.Complete(request, outcome.Messages, next);
            next += request.Messages.Count;
        }
    }

    private void Fail(PublishRequest request, Exception failure)
    {
        reporter.Failed(request);
        request.Fail(failure);
    }
}
