using System.Runtime.CompilerServices;

namespace Webhooks;

/// <summary>
/// Makes the attempts. A worker is started for each slot that can be used, and goes on from one delivery to whichever
/// comes next on the same thread, until there is none: under load nothing is queued, awaited or allocated in between.
/// </summary>
internal sealed class DeliveryWorkers(
    DispatchContext context, DispatchBoard board, OutcomePlanner planner, OutcomeWriter writer) : IDisposable
{
    private readonly CancellationTokenSource _cuttingOff = new();
    private int _cutOffCount;

    /// <summary>How many attempts were cut off.</summary>
    public int CutOffCount => Volatile.Read(ref _cutOffCount);

    /// <summary>Starts a worker for each delivery that may start now. Cheap when there is none.</summary>
    public void StartMore()
    {
        while (board.TryStart(out var run))
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => _ = work.Workers.WorkAsync(work.First), (Workers: this, First: run), preferLocal: false);
        }
    }

    /// <summary>Ends the attempts under way; they don't count.</summary>
    public void CutOff() => _cuttingOff.Cancel();

    // Not disposed of: an attempt that takes its time to end may still look at the token, which needs no disposal.
    public void Dispose() => _cuttingOff.Cancel();

    private async Task WorkAsync(HeldDelivery first)
    {
        for (HeldDelivery? run = first; run is not null; board.TryStart(out run))
        {
            try
            {
                await HandleAsync(run).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Nobody awaits a worker: whatever is thrown must not leave a delivery held.
            catch (Exception)
#pragma warning restore CA1031
            {
                // A cancelled attempt, or a fault of the surroundings after it: either way it is to be made again.
                Interlocked.Increment(ref _cutOffCount);
                board.Abandon(run);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask HandleAsync(HeldDelivery run)
    {
        var entry = run.Entry!;
        var now = context.TimeProvider.GetUtcNow();
        if (run.Delivery.Message.ExpiresAt <= now)
        {
            board.Finish(run, attempt: null);
            writer.Add(run, planner.Expire(run, entry.Record.Id));
            return;
        }

        if (run.Delivery.Attempts == 0)
            context.Metrics.RecordFirstAttempt(now - run.Delivery.Message.CreatedAt);
        var endpoint = Read(run, entry, out var message, out var unreadable);
        var attempt = message is null || endpoint is null
            ? UnreadableEndpoint.Attempt(run.Delivery.Attempts + 1, now, unreadable!)
            : await AttemptAsync(run, message, endpoint).ConfigureAwait(false);

        // The slot is free before the outcome is thought about, which may run users' code.
        var change = board.Finish(run, attempt);
        writer.Add(run, planner.Conclude(run, endpoint, entry.Record.Id, attempt));
        Report(entry, attempt, change);
        if (change == CircuitChange.Closed)
            StartMore();
    }

    private async ValueTask<WebhookAttempt> AttemptAsync(
        HeldDelivery run, WebhookMessage message, WebhookEndpoint endpoint)
    {
        var number = run.Delivery.Attempts + 1;
        var startedAt = context.TimeProvider.GetUtcNow();
        try
        {
            return await context.Handler.AttemptAsync(run, message, endpoint, _cuttingOff.Token)
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nothing is thrown here by design; if it is, the delivery must not be tried for ever.
        catch (Exception exception) when (!_cuttingOff.IsCancellationRequested)
#pragma warning restore CA1031
        {
            context.Logger.AttemptThrew(exception, run.Delivery.Message.Id, endpoint.Id);
            return UnreadableEndpoint.Attempt(number, startedAt, $"{exception.GetType().Name}; the log has more.");
        }
    }

    private WebhookEndpoint? Read(
        HeldDelivery run, EndpointEntry entry, out WebhookMessage? message, out string? unreadable)
    {
        WebhookEndpoint? endpoint = null;
        message = null;
        unreadable = null;
        try
        {
            endpoint = entry.Endpoint;
            message = run.Message.ToMessage();
        }
        catch (InvalidOperationException exception)
        {
            unreadable = exception.Message;
            context.Logger.EndpointUnreadable(exception, entry.Record.Id, run.Delivery.Message.Id);
        }

        return endpoint;
    }

    private void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change)
    {
        try
        {
            context.Handler.Report(entry, attempt, change);
        }
#pragma warning disable CA1031 // What becomes of the endpoint is another matter than the delivery.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Logger.ReportThrew(exception, entry.Record.Id);
        }
    }
}
