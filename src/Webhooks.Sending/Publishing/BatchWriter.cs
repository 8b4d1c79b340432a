using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Writes requests in one transaction, and tells each caller what became of theirs.</summary>
internal sealed class BatchWriter(
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

    /// <summary>Ends every request with a result or an exception, but for those whose keys somebody else holds for
    /// longer than may be waited; nothing of these was written.</summary>
    /// <param name="requests">What to write.</param>
    /// <param name="maxKeyWait">How long to wait for keys; null for as long as the store does.</param>
    /// <returns>Those that are blocked: all or, where some had to be written alone, some.</returns>
    public async ValueTask<List<PublishRequest>> WriteAsync(List<PublishRequest> requests, TimeSpan? maxKeyWait)
    {
        var (isBlocked, failure) = await TryWriteAsync(requests, maxKeyWait).ConfigureAwait(false);
        if (isBlocked)
            return requests;
        if (failure is null)
            return [];

        if (requests.Count == 1)
        {
            Fail(requests[0], failure);
            return [];
        }

        logger.BatchFailed(failure, requests.Count);
        return await WriteEachAsync(requests, failure, maxKeyWait).ConfigureAwait(false);
    }

    public void Fail(PublishRequest request, Exception failure)
    {
        reporter.Failed(request);
        request.Fail(failure);
    }

    /// <summary>
    /// Tries each request alone, so that only those fail that can't be written. When several fail one after the other
    /// it is the store that fails, and the rest needn't wait for it to do so once for each.
    /// </summary>
    private async ValueTask<List<PublishRequest>> WriteEachAsync(
        List<PublishRequest> requests, Exception failure, TimeSpan? maxKeyWait)
    {
        var blocked = new List<PublishRequest>();
        var failed = 0;
        foreach (var request in requests)
        {
            request.IsRetried = true;
            var (isBlocked, own) = failed < FailuresUntilAllFail
                ? await TryWriteAsync([request], maxKeyWait).ConfigureAwait(false)
                : (false, failure);
            failed = own is null ? 0 : failed + 1;
            if (own is not null)
                Fail(request, own);
            else if (isBlocked)
                blocked.Add(request);
        }

        return blocked;
    }

    private async ValueTask<(bool IsBlocked, Exception? Failure)> TryWriteAsync(
        List<PublishRequest> requests, TimeSpan? maxKeyWait)
    {
        try
        {
            return (!await StoreAsync(requests, maxKeyWait).ConfigureAwait(false), null);
        }
#pragma warning disable CA1031 // What a store throws has no common type, and belongs to the callers.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (false, exception);
        }
    }

    // False where somebody else holds a key.
    private async ValueTask<bool> StoreAsync(List<PublishRequest> requests, TimeSpan? maxKeyWait)
    {
        var snapshot = directory.Current;
        for (var tries = 1; ; tries++)
        {
            var batch = Plan(requests, snapshot) with { MaxKeyWait = maxKeyWait };
            var outcome = await route.PublishAsync(batch, snapshot).ConfigureAwait(false);
            if (outcome.IsBlocked)
                return false;
            if (!outcome.IsStale)
            {
                Complete(requests, outcome);
                return true;
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
}
