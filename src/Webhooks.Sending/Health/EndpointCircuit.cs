namespace Webhooks;

/// <summary>
/// Leaves an endpoint alone that fails: opens after so many failures in a row, or at once when the receiver says how
/// long to wait; after the pause lets one request through to see. Pauses double while that fails. A receiver that turns
/// first attempts away and accepts the retries is one that works: its first attempts' failures don't count meanwhile.
/// Not safe for threads: whoever owns it locks. Ask before each start, and record each attempt no later than it leaves
/// the count in flight.
/// </summary>
internal sealed class EndpointCircuit(WebhookDeliveryOptions options, TimeProvider timeProvider, Random random)
{
    // Nodes and endpoints behind one address that failed together need not come back together.
    private const double Jitter = 0.1;

    // Longer than the first retries take to become due, and not so long that an endpoint that breaks down meanwhile,
    // and whose retries are hours away, spends many attempts.
    private static readonly TimeSpan TrustTime = TimeSpan.FromMinutes(1);

    private bool _isOpen;
    private bool _isProbing;
    private bool _isAskedFor;
    private int _failures;
    private TimeSpan _usualPause;
    private TimeSpan _pause;
    private long _pausedAt;
    private long? _retryAcceptedAt;

    public bool IsOpen => _isOpen;

    private bool AcceptsRetries
        => _retryAcceptedAt is { } at && timeProvider.GetElapsedTime(at) <= TrustTime;

    /// <summary>How long until one request may go through to see; null when nothing needs to be waited for.</summary>
    public TimeSpan? RemainingPause
    {
        get
        {
            if (!_isOpen)
                return null;

            var remaining = _pause - timeProvider.GetElapsedTime(_pausedAt);
            return remaining > TimeSpan.Zero ? remaining : null;
        }
    }

    /// <summary>How many more attempts may start now.</summary>
    /// <param name="concurrency">The most at once while all is well.</param>
    /// <param name="inFlight">How many are under way.</param>
    public int Allow(int concurrency, int inFlight)
    {
        if (!_isOpen)
            return Math.Max(concurrency - inFlight, 0);

        // Attempts from before the pause still run as long as something is in flight: the probe must be alone, so that
        // what is recorded next is its own result. One that ends without a result leaves nothing in flight and makes
        // room for another.
        if (concurrency <= 0 || inFlight > 0 || RemainingPause is not null)
            return 0;

        _isProbing = true;
        return 1;
    }

    /// <summary>Learns from an attempt.</summary>
    public CircuitChange Record(WebhookAttempt attempt)
    {
        var sign = CircuitSigns.Of(attempt);
        var isRetry = attempt.Number > 1;
        if (isRetry && sign != CircuitSign.None)
            _retryAcceptedAt = sign == CircuitSign.Success ? timeProvider.GetTimestamp() : null;
        return sign switch
        {
            CircuitSign.Success => OnSuccess(),
            CircuitSign.Refusal => _isProbing ? Close() : CircuitChange.None,
            CircuitSign.Failure when !isRetry && !_isOpen && AcceptsRetries => CircuitChange.None,
            CircuitSign.Failure => OnFailure(TimeSpan.Zero),
            CircuitSign.Overload => OnFailure(Min(attempt.RetryAfter!.Value, options.MaxCircuitPause)),
            _ => CircuitChange.None,
        };
    }

    private CircuitChange OnSuccess()
    {
        _failures = 0;
        if (!_isOpen)
            return CircuitChange.None;

        // Of many requests at once a receiver may accept some and turn the rest away with Retry-After: an answer to an
        // older request doesn't take that back.
        return _isAskedFor && RemainingPause is not null ? CircuitChange.None : Close();
    }

    private CircuitChange OnFailure(TimeSpan askedFor)
    {
        if (_isProbing)
        {
            _usualPause = NextPause();
            Pause(Max(askedFor, Jittered(_usualPause)), askedFor);
            return CircuitChange.None;
        }

        if (_isOpen)
        {
            if (askedFor > (RemainingPause ?? TimeSpan.Zero))
                Pause(askedFor, askedFor);
            return CircuitChange.None;
        }

        _failures++;
        if (askedFor == TimeSpan.Zero && _failures < options.CircuitThreshold)
            return CircuitChange.None;

        _isOpen = true;
        _usualPause = _failures >= options.CircuitThreshold ? NextPause() : TimeSpan.Zero;
        Pause(Max(askedFor, Jittered(_usualPause)), askedFor);
        return CircuitChange.Opened;
    }

    private CircuitChange Close()
    {
        _isOpen = false;
        _isProbing = false;
        _isAskedFor = false;
        _failures = 0;
        _usualPause = TimeSpan.Zero;
        return CircuitChange.Closed;
    }

    private void Pause(TimeSpan pause, TimeSpan askedFor)
    {
        _isProbing = false;
        _isAskedFor = askedFor > TimeSpan.Zero;
        _pause = pause;
        _pausedAt = timeProvider.GetTimestamp();
    }

    private TimeSpan NextPause()
    {
        if (_usualPause == TimeSpan.Zero)
            return options.CircuitPause;

        return _usualPause < options.MaxCircuitPause / 2 ? _usualPause * 2 : options.MaxCircuitPause;
    }

    // Downwards, so that the longest pause stays the longest.
#pragma warning disable CA5394 // Jitter needs to be spread, not unguessable.
    private TimeSpan Jittered(TimeSpan pause) => pause * (1 - (Jitter * random.NextDouble()));
#pragma warning restore CA5394

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
