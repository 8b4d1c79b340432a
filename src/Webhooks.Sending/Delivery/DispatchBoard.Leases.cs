namespace Webhooks;

/// <content>What the store says about what is held.</content>
internal sealed partial class DispatchBoard
{
    private List<LeaseKey> _toRelease = [];
    private long? _retryAt;

    /// <summary>The store has answered to an outcome. Returns whether it is to be written again, under the lease by
    /// which it was claimed meanwhile.</summary>
    public bool OnAnswered(HeldDelivery run, long leaseUsed, bool isWritten)
    {
        lock (_lock)
        {
            if (!_held.Holds(run))
                return false;

            if (run.Outcome is { State: DeliveryState.Pending, RetryDelay: var delay })
                ExpectRetry(clock.After(clock.Now, delay));
            var isClaimedAgain = run.Lease != leaseUsed;
            if (isClaimedAgain && !isWritten)
                return true;
            if (isClaimedAgain)
                _toRelease.Add(run.Key);
            Remove(run);
            return false;
        }
    }

    /// <summary>When the first of the retries written since the last call becomes due; null for none.</summary>
    public long? TakeNextRetry()
    {
        lock (_lock)
        {
            var at = _retryAt;
            _retryAt = null;
            return at;
        }
    }

    /// <summary>The deliveries whose lease ends by a moment.</summary>
    public List<HeldDelivery> LeasesEndingBy(long moment)
    {
        lock (_lock)
            return _held.EndingBy(moment);
    }

    /// <summary>The store has answered to a renewal. Returns whether the node has lost the delivery by it.</summary>
    public bool OnRenewed(HeldDelivery run, long leaseUsed, bool isHeld, long leaseEndsAt)
    {
        lock (_lock)
        {
            if (!_held.Holds(run) || run.Lease != leaseUsed)
                return false;

            if (isHeld)
                run.LeaseEndsAt = leaseEndsAt;
            else if (run.State == HeldState.Waiting)
                Drop(run);
            else if (run.State == HeldState.Running)
                run.IsLost = true;
            else
                return false; // The outcome has just been written, or is about to be refused.
            _lanes.OnRenewed(run.Lane, clock.Now);
            return !isHeld;
        }
    }

    /// <summary>What is to be given back to the store since the last call.</summary>
    public List<LeaseKey> TakeReleases()
    {
        lock (_lock)
        {
            if (_toRelease.Count == 0)
                return [];

            var taken = _toRelease;
            _toRelease = [];
            return taken;
        }
    }

    /// <summary>Puts back what couldn't be given back yet.</summary>
    public void KeepReleases(List<LeaseKey> keys)
    {
        lock (_lock)
            _toRelease.AddRange(keys);
    }

    private void ExpectRetry(long at) => _retryAt = _retryAt < at ? _retryAt : at;

    private void Drop(HeldDelivery run)
    {
        _lanes.Forget(run);
        Remove(run);
    }
}
