namespace Webhooks;

/// <summary>
/// One endpoint's due deliveries, first tries before retries. They are read a few at a time, twice as many each time,
/// since nobody knows beforehand how many of them a claim has room for.
/// </summary>
internal sealed class Lane(long endpoint, string tenant, int limit, int firstRead)
{
    private const int FirstTries = 0;
    private const int Retries = 1;

    private readonly Queue<Candidate> _read = new();
    private int _class = FirstTries;
    private int _toRead = Math.Min(limit, firstRead);
    private (long Due, long Id) _last = (long.MinValue, 0);
    private bool _isClassRead;

    public long Endpoint => endpoint;

    public string Tenant => tenant;

    /// <summary>How many were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether the endpoint's own limit is reached.</summary>
    public bool IsAtLimit => Taken >= limit;

    /// <summary>Whether all that is due was taken, so that the next two say when to look again.</summary>
    public bool IsExhausted => _class > Retries;

    /// <summary>When the next one that waits is due; <see cref="StoreTime.Never"/> if none does.</summary>
    public long NextDue { get; private set; } = StoreTime.Never;

    /// <summary>When the first of the leases ends that were met or given.</summary>
    public long FirstLeaseEnd { get; private set; } = StoreTime.Never;

    /// <summary>Whether there is one to take, of those never tried or of the others. Reads on where it must.</summary>
    public bool CanTake(bool isRetry, ClaimClock clock)
    {
        if (IsAtLimit)
            return false;
        while (_read.Count == 0 && !IsExhausted && (isRetry || _class == FirstTries))
            Read(clock);
        return _read.Count > 0 && (isRetry || _class == FirstTries);
    }

    public Candidate Peek() => _read.Peek();

    public Candidate Take(long leaseEnd)
    {
        Taken++;
        FirstLeaseEnd = Math.Min(FirstLeaseEnd, leaseEnd);
        return _read.Dequeue();
    }

    private void Read(ClaimClock clock)
    {
        if (_isClassRead)
        {
            // What was read of a class is taken before the next class begins.
            (_class, _last, _isClassRead) = (_class + 1, (long.MinValue, 0), false);
            return;
        }

        var rows = clock.Connection.Prepare(ClaimSql.Deliveries)
            .Bind(1, endpoint)
            .Bind(2, _class)
            .Bind(3, _last.Due)
            .Bind(4, _last.Id);
        _isClassRead = true;
        while (rows.Step())
        {
            if (!ReadRow(rows, clock.Now))
                return;
            if (_read.Count < _toRead)
                continue;
            (_isClassRead, _toRead) = (false, _toRead * 2);
            rows.Reset();
            return;
        }
    }

    // False if the row isn't due, and so none behind it is.
    private bool ReadRow(Statement row, long now)
    {
        _last = (row.Long(1), row.Long(0));
        if (_last.Due > now)
        {
            NextDue = Math.Min(NextDue, _last.Due);
            row.Reset();
            return false;
        }

        var leasedUntil = row.Long(8);
        if (leasedUntil > now)
        {
            FirstLeaseEnd = Math.Min(FirstLeaseEnd, leasedUntil);
            return true;
        }

        _read.Enqueue(new Candidate(
            _last.Id, _last.Due, row.Long(2), row.Int(3), row.Int(4), row.LongOrNull(5), (AttemptTrigger)row.Int(6),
            row.Int(7) == 1));
        return true;
    }
}
