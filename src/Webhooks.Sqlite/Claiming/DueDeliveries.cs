namespace Webhooks;

/// <summary>
/// An endpoint's due deliveries, either first tries or retries. They are read a few at a time, twice as many each time,
/// since nobody knows beforehand how many of them a claim has room for.
/// </summary>
internal sealed class DueDeliveries(long endpoint, bool areRetries, int firstRead)
{
    private readonly Queue<Candidate> _read = new();
    private int _toRead = firstRead;
    private (long Due, long Id) _last = (long.MinValue, 0);
    private bool _isRead;

    /// <summary>Whether all that is due was taken.</summary>
    public bool IsExhausted => _isRead && _read.Count == 0;

    /// <summary>When the next one that waits is due; <see cref="StoreTime.Never"/> if none does.</summary>
    public long NextDue { get; private set; } = StoreTime.Never;

    /// <summary>When the first of the leases ends that were met; <see cref="StoreTime.Never"/> if none was.</summary>
    public long FirstLeaseEnd { get; private set; } = StoreTime.Never;

    /// <summary>How many there are, as far as it matters. Reads on where it must.</summary>
    public int CountUpTo(int most, ClaimClock clock)
    {
        while (_read.Count < most && !_isRead)
            Read(clock);
        return Math.Min(_read.Count, most);
    }

    public Candidate Peek() => _read.Peek();

    public void Take() => _read.Dequeue();

    private void Read(ClaimClock clock)
    {
        var rows = clock.Connection.Prepare(ClaimSql.Deliveries)
            .Bind(1, endpoint)
            .Bind(2, areRetries ? 1 : 0)
            .Bind(3, _last.Due)
            .Bind(4, _last.Id);
        _isRead = true;
        while (rows.Step())
        {
            if (!ReadRow(rows, clock.Now))
                return;
            if (_read.Count < _toRead)
                continue;
            (_isRead, _toRead) = (false, _toRead * 2);
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
            NextDue = _last.Due;
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
