namespace Webhooks;

/// <summary>
/// Keeps what this node holds: renews, in one call, the leases of which no more than half is left. It looks eight times in
/// a lease's time, so a renewal that fails is tried again before anything is lost.
/// </summary>
internal sealed class LeaseKeeper(DispatchContext context, DispatchBoard board, DeliveryWorkers workers)
{
    /// <summary>Nothing starts on a lease of which less than this part is left.</summary>
    public const int Margin = 8;

    private const string Operation = "renew";

    private int _failures;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var interval = context.Options.LeaseDuration / Margin;
        using var timer = new PeriodicTimer(interval, context.TimeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await RenewAsync(cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A store may throw anything, and the loop must outlive it.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                context.Metrics.RecordStoreError(Operation);
                context.Logger.StoreThrew(exception, Operation, ++_failures, interval);
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var clock = context.Clock;
        var now = clock.Now;
        var runs = board.LeasesEndingBy(clock.After(now, context.Options.LeaseDuration / 2));
        if (runs.Count == 0)
            return;

        // The store's time begins to run later than this process's, so a lease lasts at least as long as is noted here.
        var endsAt = clock.After(now, context.Options.LeaseDuration);
        var keys = runs.ConvertAll(static run => run.Key);
        var held = await context.Store.RenewAsync(keys, context.Options.LeaseDuration, cancellationToken)
            .ConfigureAwait(false);
        if (_failures > 0)
            context.Logger.StoreAnswers(Operation, _failures);
        _failures = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            if (board.OnRenewed(runs[i], keys[i].Lease, held[i], endsAt))
                Lose(runs[i]);
        }

        workers.StartMore();
    }

    private void Lose(HeldDelivery run)
    {
        context.Metrics.RecordLeaseLost();
        context.Logger.LeaseLost(run.Id, run.Delivery.Message.Id);
    }
}
