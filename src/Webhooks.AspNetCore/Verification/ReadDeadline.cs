namespace Webhooks;

/// <summary>A time limit for reading one body. Reused for the next one, so that reading costs no timer.</summary>
internal sealed class ReadDeadline : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _started;
    private TimeSpan _timeout;
    private bool _running;

    public ReadDeadline(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(
            static state => ((ReadDeadline)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _cancellation.Token;

    public bool HasExpired => _cancellation.IsCancellationRequested;

    public void Start(TimeSpan timeout)
    {
        lock (_gate)
            (_started, _timeout, _running) = (_time.GetTimestamp(), timeout, true);

        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the time limit; true if it can be started again.</summary>
    public bool TryStop()
    {
        lock (_gate)
            _running = false;

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return _cancellation.TryReset();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Dispose();
    }

    private void Expire()
    {
        // A tick that was on its way when the last body ended must not cut off the next one.
        lock (_gate)
        {
            if (!_running)
                return;

            var left = _timeout - _time.GetElapsedTime(_started);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _cancellation.Cancel();
    }
}
