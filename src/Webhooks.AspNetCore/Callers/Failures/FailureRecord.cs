namespace Webhooks;

/// <summary>The failures of one caller. Once they have used up the burst the caller is limited: one request an interval
/// passes, until it has kept quiet for as long as it takes the burst to come back.</summary>
internal sealed class FailureRecord(TimeProvider time, FailureLimit limit)
{
    private readonly RateBudget _budget = new(time, limit.Burst, limit.Interval);
    private volatile bool _isLimited;

    /// <summary>Lets a request pass, or not.</summary>
    /// <param name="isPaid">Whether it was let pass for what may fail: then its failure is counted already.</param>
    /// <param name="wait">How long until one passes again.</param>
    public bool TryPass(out bool isPaid, out TimeSpan wait)
    {
        (isPaid, wait) = (false, TimeSpan.Zero);
        if (!_isLimited)
            return true;
        if (_budget.IsFull)
        {
            _isLimited = false;
            return true;
        }

        isPaid = _budget.TrySpend(out wait);
        return isPaid;
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>Whether the caller is limited by this one.</returns>
    public bool Fail()
    {
        _budget.Spend();
        if (_isLimited || !_budget.IsSpent)
            return false;

        _isLimited = true;
        return true;
    }
}
