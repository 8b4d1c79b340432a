namespace Webhooks;

/// <summary>How one endpoint that fails, or lately did, fares. Attempts are noted from any thread; one background
/// worker takes the notes.</summary>
internal sealed class EndpointVitals(long endpointNumber, TimeProvider timeProvider)
{
    private const int MostChanges = 8;
    private static readonly TimeSpan WriteAgainAfter = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly List<CircuitNote> _circuit = [];
    private EndpointEntry? _entry;
    private WebhookAttempt? _lastFailure;
    private WebhookAttempt? _asksForEnd;
    private bool _isFailing;
    private bool _hasSucceeded;
    private bool _isQueued;
    private bool _isResting;
    private bool _isRetired;
    private long? _writtenAt;

    public long EndpointNumber => endpointNumber;

    /// <summary>Whether the store was told that the endpoint fails. The worker's own.</summary>
    public bool IsWrittenFailing { get; set; }

    /// <summary>Whether observers were told that the endpoint fails, and since when. The worker's own.</summary>
    public DateTimeOffset? ToldFailingSince { get; set; }

    /// <summary>Takes an attempt down.</summary>
    /// <param name="entry">The endpoint as it was for the attempt.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="change">What it did to the circuit.</param>
    /// <param name="needsWork">Whether this has to be put into the worker's queue.</param>
    /// <returns>False when nobody reads these notes any more: begin new ones.</returns>
    public bool TryNote(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change, out bool needsWork)
    {
        lock (_lock)
        {
            needsWork = false;
            if (_isRetired)
                return false;

            _entry = entry;
            var isUrgent = NoteCircuit(attempt, change);
            if (attempt.ShouldDisableEndpoint)
            {
                _asksForEnd = attempt;
                isUrgent = true;
            }

            // An endpoint that fails and succeeds by turns is written once in a while, not at every turn.
            var isNews = attempt.Succeeded ? NoteSuccess() : NoteFailure(attempt);
            needsWork = !_isQueued && (isUrgent || (isNews && !_isResting));
            _isQueued |= needsWork;
            return true;
        }
    }

    /// <summary>What was noted since the last time.</summary>
    public VitalsNotes Take()
    {
        lock (_lock)
        {
            var notes = new VitalsNotes(
                _entry!, [.. _circuit], _asksForEnd, _isFailing, _hasSucceeded, _lastFailure, IsTimeToWrite());
            _circuit.Clear();
            _asksForEnd = null;
            _hasSucceeded = false;
            _isQueued = false;
            return notes;
        }
    }

    /// <summary>Takes notes back that couldn't be acted upon; circuits' changes have been told and don't come
    /// back.</summary>
    public void PutBack(VitalsNotes notes)
    {
        lock (_lock)
        {
            _asksForEnd ??= notes.AsksForEnd;
            _hasSucceeded |= notes.HasSucceeded;
        }
    }

    /// <summary>Has common news wait until <see cref="Wake"/>.</summary>
    /// <returns>False when it has been so already.</returns>
    public bool TryRest(bool hasWritten)
    {
        lock (_lock)
        {
            if (hasWritten)
                _writtenAt = timeProvider.GetTimestamp();
            var wasAwake = !_isResting;
            _isResting = true;
            return wasAwake;
        }
    }

    /// <summary>Ends the rest.</summary>
    public void Wake()
    {
        lock (_lock)
            _isResting = false;
    }

    /// <summary>Ends these notes when there is nothing in them, or whatever is in them.</summary>
    public bool TryRetire(bool whateverIsNoted)
    {
        lock (_lock)
        {
            var isEmpty = !_isFailing && !_hasSucceeded && !_isQueued && _asksForEnd is null;
            _isRetired |= isEmpty || whateverIsNoted;
            return _isRetired;
        }
    }

    private bool NoteCircuit(WebhookAttempt attempt, CircuitChange change)
    {
        if (change == CircuitChange.None)
            return false;

        if (_circuit.Count == MostChanges)
            _circuit.RemoveAt(0);
        _circuit.Add(new CircuitNote(change, attempt, timeProvider.GetUtcNow()));
        return true;
    }

    private bool NoteSuccess()
    {
        var isNews = _isFailing;
        _hasSucceeded |= _isFailing;
        _isFailing = false;
        return isNews;
    }

    private bool NoteFailure(WebhookAttempt attempt)
    {
        var isNews = !_isFailing || IsTimeToWrite();
        _isFailing = true;
        _lastFailure = attempt;
        return isNews;
    }

    private bool IsTimeToWrite()
        => _writtenAt is not { } writtenAt || timeProvider.GetElapsedTime(writtenAt) >= WriteAgainAfter;
}
