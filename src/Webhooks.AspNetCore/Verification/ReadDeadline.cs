using System.IO.Pipelines;

namespace Webhooks;

/// <summary>A time limit for reading one body. Reused for the next one, with its timer left running: setting a timer
/// costs more than reading a small body, and one that goes off early only has to be set again.</summary>
internal sealed class ReadDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private PipeReader? _pipe;
    private long _due;
    private long _timerDue = long.MaxValue;

    public ReadDeadline(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(
            static state => ((ReadDeadline)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has the pending read of a pipe cancelled when the time is over.</summary>
    public void Start(PipeReader pipe, TimeSpan timeout)
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            _pipe = pipe;
            _due = now + (long)(timeout.TotalSeconds * _time.TimestampFrequency);
            if (_timerDue > _due)
                SetTimer(now);
        }
    }

    /// <summary>Ends the time limit.</summary>
    /// <returns>Whether the time was over before.</returns>
    public bool Stop()
    {
        lock (_gate)
        {
            var expired = _pipe is null;
            _pipe = null;
            return expired;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        // Cancelling inside the lock means that no read of a later request on the same connection can be hit: Stop
        // waits for it.
        lock (_gate)
        {
            _timerDue = long.MaxValue;
            if (_pipe is null)
                return;

            var now = _time.GetTimestamp();
            if (now < _due)
            {
                SetTimer(now);
                return;
            }

            // The cancelled read may go on right here, and give this deadline back, before the call returns.
            var pipe = _pipe;
            _pipe = null;
            pipe.CancelPendingRead();
        }
    }

    private void SetTimer(long now)
    {
        _timerDue = _due;
        _timer.Change(_time.GetElapsedTime(now, _due) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
