namespace Webhooks;

/// <summary>
/// Brings work in. Each round brings the board up to the present, gives back to the store what the lanes gave up, and
/// then either claims or waits for a signal. Nothing that the store throws ends the loop: it backs off and goes on, and
/// whatever there was a reason to claim for is still a reason.
/// </summary>
internal sealed class ClaimLoop(
    DispatchContext context, DispatchBoard board, DeliveryWorkers workers, OutcomePlanner planner,
    OutcomeWriter writer)
{
    private readonly DispatchClock _clock = context.Clock;
    private readonly ClaimSchedule _schedule = new(context.Clock, context.Options.PollInterval);
    private readonly Backoff _backoff = new(context.Random, TimeSpan.FromSeconds(5));
    private EndpointSnapshot _endpoints = EndpointSnapshot.Empty;
    private string _operation = "";
    private long _cursor;

    /// <summary>Runs until stopped.</summary>
    /// <param name="stopping">Ends the waiting; a claim under way is finished, or nobody would know its
    /// leases.</param>
    /// <param name="abort">Ends everything.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stopping, abort).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store may throw anything, and the loop must outlive it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await RetreatAsync(exception, stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives back to the store what this node gave up. What couldn't be given back is kept for the next
    /// call; should there be none, the leases run out by themselves.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (board.TakeReleases() is not { Count: > 0 } keys)
            return false;

        try
        {
            _operation = "release";
            await context.Store.ReleaseAsync(keys, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            board.KeepReleases(keys);
            throw;
        }
    }

    private async Task StepAsync(CancellationToken stopping, CancellationToken abort)
    {
        if (context.Signal.TryTake())
            _schedule.Ask();
        if (board.TakeNextRetry() is { } retryAt)
            _schedule.ExpectAt(retryAt);
        FollowEndpoints();
        var state = board.Survey();
        workers.StartMore();
        await ReleaseAsync(abort).ConfigureAwait(false);

        context.Signal.IsSaturated = state.IsScarce;
        var now = _clock.Now;
        if (_schedule.ShouldClaim(state, now))
            await ClaimAsync(abort).ConfigureAwait(false);
        else
            await context.Signal.WaitAsync(_schedule.Wait(state, board.NextResume, now), stopping)
                .ConfigureAwait(false);
    }

    private async Task ClaimAsync(CancellationToken abort)
    {
        var plan = board.Plan();
        var lease = LeaseNumber.New();
        var startedAt = _clock.Now;
        _operation = "claim";
        var result = await context.Store.ClaimAsync(ToRequest(plan, lease), abort).ConfigureAwait(false);
        var endedAt = _clock.Now;
        _cursor = result.Cursor;
        _schedule.OnClaimed(result, startedAt, endedAt);
        context.Metrics.RecordClaim(result.Deliveries.Count, _clock.Between(startedAt, endedAt));
        await RefreshAsync(result, lease, abort).ConfigureAwait(false);
        if (_backoff.Failures > 0)
            context.Logger.StoreAnswers(_operation, _backoff.Failures);
        _backoff.Reset();

        // Counted from before the call, so that the lease holds at least as long as this node believes.
        foreach (var run in board.Accept(plan, result, lease, _clock.After(startedAt, context.Options.LeaseDuration)))
            writer.Add(run, planner.Expire(run, run.Lane.Entry?.Record.Id ?? ""));
        workers.StartMore();
    }

    // Nothing is sent to an endpoint as it was before the claim: it may have been moved, or have a new secret.
    private async Task RefreshAsync(ClaimResult result, long lease, CancellationToken abort)
    {
        if (result.EndpointRevision > context.Directory.Current.Revision)
        {
            try
            {
                _operation = "read endpoints";
                await context.Directory.RefreshAsync(result.EndpointRevision, abort).ConfigureAwait(false);
            }
            catch
            {
                board.KeepReleases([.. result.Deliveries.Select(delivery => new LeaseKey(delivery.Id, lease))]);
                _schedule.Ask();
                throw;
            }

            FollowEndpoints();
        }

        foreach (var delivery in result.Deliveries)
        {
            // Better here than under the board's lock.
            if (_endpoints.TryFind(delivery.EndpointNumber, out var entry))
                entry.Prepare();
        }
    }

    private void FollowEndpoints()
    {
        if (ReferenceEquals(_endpoints, context.Directory.Current))
            return;

        _endpoints = context.Directory.Current;
        board.Refresh();
    }

    private ClaimRequest ToRequest(ClaimPlan plan, long lease) => new()
    {
        MaxCount = plan.MaxCount,
        MaxBytes = plan.MaxBytes,
        LeaseDuration = context.Options.LeaseDuration,
        Lease = lease,
        DefaultEndpointLimit = plan.UsualLimit,
        EndpointLimits = plan.Limits,
        Cursor = _cursor,
#pragma warning disable CA5394 // A fair coin, not a secret one.
        FavorsRetries = context.Random.NextDouble() < 0.5,
#pragma warning restore CA5394
    };

    private async Task RetreatAsync(Exception exception, CancellationToken stopping)
    {
        context.Metrics.RecordStoreError(_operation);
        var delay = _backoff.Next();
        context.Logger.StoreThrew(exception, _operation, _backoff.Failures, delay);
        await Task.Delay(delay, context.TimeProvider, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
