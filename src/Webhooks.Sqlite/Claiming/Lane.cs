namespace Webhooks;

/// <summary>
/// What a claim may take of one endpoint: first tries before retries, but where both are more than the endpoint's limit,
/// half of it is for the retries.
/// </summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="tenant">Its tenant.</param>
/// <param name="limit">How many may be taken.</param>
/// <param name="retriesPart">How many of them are for retries, if there are as many.</param>
/// <param name="firstRead">How many to read at first.</param>
internal sealed class Lane(long endpoint, string tenant, int limit, int retriesPart, int firstRead)
{
    private readonly DueDeliveries _firstTries = new(endpoint, areRetries: false, Math.Min(limit, firstRead));
    private readonly DueDeliveries _retries = new(endpoint, areRetries: true, Math.Min(limit, firstRead));
    private long _firstLeaseEnd = StoreTime.Never;

    public long Endpoint => endpoint;

    public string Tenant => tenant;

    /// <summary>How many were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether all that is due was taken, so that the next two say when to look again.</summary>
    public bool IsExhausted => _firstTries.IsExhausted && _retries.IsExhausted;

    /// <summary>When the next one that waits is due; <see cref="StoreTime.Never"/> if none does.</summary>
    public long NextDue => Math.Min(_firstTries.NextDue, _retries.NextDue);

    /// <summary>When the first of the leases ends that were met or given.</summary>
    public long FirstLeaseEnd
        => Math.Min(_firstLeaseEnd, Math.Min(_firstTries.FirstLeaseEnd, _retries.FirstLeaseEnd));

    /// <summary>Whether there is a first try to take, or a retry. Reads on where it must.</summary>
    public bool CanTake(bool isRetry, ClaimClock clock)
    {
        if (Taken >= limit)
            return false;
        if (isRetry)
            return _retries.CountUpTo(1, clock) > 0;

        // How many retries there are matters only now that the first tries come near their part.
        var reserved = Taken < limit - retriesPart ? 0 : _retries.CountUpTo(retriesPart, clock);
        return Taken < limit - reserved && _firstTries.CountUpTo(1, clock) > 0;
    }

    public Candidate Peek(bool isRetry) => (isRetry ? _retries : _firstTries).Peek();

    public void Take(bool isRetry, long leaseEnd)
    {
        (isRetry ? _retries : _firstTries).Take();
        Taken++;
        _firstLeaseEnd = Math.Min(_firstLeaseEnd, leaseEnd);
    }
}
