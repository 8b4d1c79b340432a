using System.IO.Pipelines;

namespace Webhooks;

/// <summary>A time limit for reading one body. Reused for the next one, so that reading costs no timer.</summary>
internal sealed class ReadDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private PipeReader? _pipe;
    private long _started;
    private TimeSpan _timeout;

    public ReadDeadline(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(
            static state => ((ReadDeadline)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has the pending read of a pipe cancelled when the time is over.</summary>
    public void Start(PipeReader pipe, TimeSpan timeout)
    {
        lock (_gate)
            (_pipe, _started, _timeout) = (pipe, _time.GetTimestamp(), timeout);

        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the time limit.</summary>
    /// <returns>Whether the time was over before.</returns>
    public bool Stop()
    {
        bool expired;
        lock (_gate)
        {
            expired = _pipe is null;
            _pipe = null;
        }

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return expired;
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        // A tick that was on its way when the last body ended must not cut off the next one. Cancelling inside the lock
        // means that no read of a later request on the same connection can be hit: Stop waits for it.
        lock (_gate)
        {
            if (_pipe is null)
                return;

            var left = _timeout - _time.GetElapsedTime(_started);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            // The cancelled read may go on right here, and give this deadline back, before the call returns.
            var pipe = _pipe;
            _pipe = null;
            pipe.CancelPendingRead();
        }
    }
}
