namespace Webhooks;

/// <summary>
/// The one thread that writes. What is asked of it while a commit is under way goes into the next transaction
/// together, so that many callers share one flush of the disk; each waits until what it asked for is on the disk.
/// </summary>
internal sealed class Writer(GroupRunner runner) : IAsyncDisposable
{
    private const int MostOperations = 1024;
    private const int MostWeight = 8192;

    private readonly object _gate = new();
    private readonly Queue<WriteOperation> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Thread? _thread;
    private bool _isClosed;

    /// <summary>Does something in the next transaction.</summary>
    /// <returns>A task that completes once it is on the disk.</returns>
    public Task<T> RunAsync<T>(
        string name, int weight, Func<WriteTransaction, T> execute, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);

        var operation = new WriteOperation<T>(name, weight, execute, cancellationToken)
        {
            QueuedAt = TimeProvider.System.GetTimestamp(),
        };
        operation.ObserveCancellation();
        return TryEnqueue(operation)
            ? operation.Completion
            : Task.FromException<T>(new ObjectDisposedException(nameof(SqliteStore)));
    }

    /// <summary>Does what was asked for until now, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        runner.BeginClosing();
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
            if (_thread is null)
                _ended.TrySetResult();
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private bool TryEnqueue(WriteOperation operation)
    {
        lock (_gate)
        {
            if (_isClosed)
                return false;
            _queue.Enqueue(operation);
            if (_thread is null)
                Start();
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private void Start()
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = "Webhooks SQLite writer" };
        _thread.Start();
    }

    // Nothing may end this loop but closing, or every caller would wait for ever: the runner catches whatever an
    // operation, SQLite or the disk comes up with, and hands it to those who asked.
    private void Loop()
    {
        var group = new List<WriteOperation>();
        while (TakeGroup(group))
        {
            runner.Run(group);
            foreach (var operation in group)
                operation.Finish();
            group.Clear();
        }

        runner.Close();
        _ended.TrySetResult();
    }

    private bool TakeGroup(List<WriteOperation> group)
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_isClosed)
                    return false;
                Monitor.Wait(_gate);
            }

            var weight = 0;
            while (group.Count < MostOperations && weight < MostWeight && _queue.TryDequeue(out var operation))
            {
                group.Add(operation);
                weight += operation.Weight;
            }

            return true;
        }
    }
}
