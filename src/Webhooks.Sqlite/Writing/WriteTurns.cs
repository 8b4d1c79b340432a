using Microsoft.Data.Sqlite;

namespace Webhooks;

/// <summary>
/// Who in this process may write next. SQLite has one write lock, and whoever waits for that looks now and then whether it
/// is free; here one is woken as soon as it is: the store's writer first, which writes for many, then the others in the
/// order in which they came.
/// </summary>
internal sealed class WriteTurns
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private TaskCompletionSource? _writer;
    private bool _isTaken;

    /// <summary>Whether the writer waits for its turn.</summary>
    public bool IsWriterWaiting => Volatile.Read(ref _writer) is { Task.IsCompleted: false };

    /// <summary>The writer's turn. For one thread at a time.</summary>
    /// <exception cref="SqliteException">It is still another's, as SQLite's lock is then.</exception>
    public void Take(TimeSpan patience)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (TryTake())
                return;

            _writer = turn = NewTurn();
        }

        if (!turn.Task.Wait(patience) && turn.TrySetCanceled())
            throw SqliteErrors.Locked(patience);
    }

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (TryTake())
                return;

            _waiting.Enqueue(turn = NewTurn());
        }

        using (cancellationToken.UnsafeRegister(static (waiter, token) => ((TaskCompletionSource)waiter!).TrySetCanceled(token), turn))
            await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Ends a turn: it is the next one's at once, so that nobody who comes just now gets in between.</summary>
    public void Pass()
    {
        lock (_gate)
        {
            var writer = _writer;
            _writer = null;
            if (writer?.TrySetResult() == true)
                return;
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    return;
            }

            _isTaken = false;
        }
    }

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryTake()
    {
        var isFree = !_isTaken;
        _isTaken = true;
        return isFree;
    }
}
