using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Waits while another connection has the database's write lock. Each operation waits for as long as it may, or until
/// its caller gives up; the writer itself never does.
/// </summary>
internal sealed class LockPatience(TimeSpan timeout, ILogger logger)
{
    /// <summary>How long SQLite waits by itself, with pauses that grow, before the operations are looked at.</summary>
    public static readonly TimeSpan OneWait = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan TimeoutWhenClosing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilentTime = TimeSpan.FromSeconds(1);

    // Real time, whatever the store's clock: it is how long somebody really waits.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly object _gate = new();
    private volatile bool _isClosing;

    public void BeginClosing() => _isClosing = true;

    /// <summary>Does what may meet a lock, again and again. False if nobody is left who wants it; those whose time was
    /// over have their failure then.</summary>
    public bool Try(List<WriteOperation> group, Action action)
    {
        var start = Clock.GetTimestamp();
        var isLogged = false;
        while (true)
        {
            try
            {
                action();
                if (isLogged)
                    logger.DatabaseUnlocked((long)Clock.GetElapsedTime(start).TotalMilliseconds);
                return true;
            }
            catch (SqliteException exception) when (SqliteErrors.IsBusy(exception))
            {
                isLogged |= LogOnce(group.Count, Clock.GetElapsedTime(start), isLogged);
                SendAway(group);
                if (group.Count == 0)
                    return false;
                lock (_gate)
                    Monitor.Wait(_gate, Pause);
            }
        }
    }

    private bool LogOnce(int operations, TimeSpan elapsed, bool isLogged)
    {
        if (isLogged || elapsed < SilentTime)
            return false;
        logger.DatabaseLocked(operations, (long)elapsed.TotalMilliseconds);
        return true;
    }

    private void SendAway(List<WriteOperation> group)
    {
        var limit = Limit;
        foreach (var operation in group)
        {
            if (limit is { } time && !operation.IsWithdrawn && Clock.GetElapsedTime(operation.QueuedAt) >= time)
                Fail(operation, time);
        }

        group.RemoveAll(static operation => operation.IsWithdrawn || operation.Failure is not null);
    }

    private TimeSpan? Limit
        => _isClosing && (timeout == Timeout.InfiniteTimeSpan || timeout > TimeoutWhenClosing) ? TimeoutWhenClosing
            : timeout == Timeout.InfiniteTimeSpan ? null
            : timeout;

    private static void Fail(WriteOperation operation, TimeSpan time)
    {
        if (!operation.TryTake())
            return;
        operation.Failure = SqliteErrors.Locked(time);
        operation.Finish();
    }
}
