namespace Webhooks;

/// <summary>
/// Joins what callers publish at the same time: while a write is under way the next batch gathers, and as soon as one
/// ends the next begins. Nobody waits for others to come; a single caller is written at once.
/// </summary>
/// <remarks>
/// It needs no bound of its own: each request has a caller who waits until it is written, and that wait is what slows
/// publishers down to the store's pace. Batches are bounded, so that none holds the store for long.
/// </remarks>
internal sealed class PublishQueue(PublishWriter writer, int concurrency) : IThreadPoolWorkItem
{
    private const int MaxRequests = 1024;
    private const int MaxRows = 8192;
    private const int MaxTurns = 8;
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<PublishRequest> _waiting = new();
    private readonly int _maxWriters = Math.Clamp(concurrency, 1, 64);
    private int _writers;
    private long _places;

    private int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public void Add(PublishRequest request)
    {
        lock (_gate)
        {
            request.Place = ++_places;
            _waiting.Enqueue(request);
            if (_writers == _maxWriters)
                return;
            _writers++;
        }

        // Not in the caller's flow: its ambient transaction and trace would become those of everybody's batch.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    private async Task WriteAsync()
    {
        while (Take() is { } batch)
        {
            if (batch.Count == 0)
                continue;

            await WriteAsync(batch).ConfigureAwait(false);
            await GatherAsync(batch.Count).ConfigureAwait(false);
        }
    }

    // Nothing may leave the loop: callers would wait for ever, and this writer's place would be lost.
    private async ValueTask WriteAsync(List<PublishRequest> batch)
    {
        try
        {
            await writer.WriteAsync(batch).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What the store throws has been dealt with; a logger or listener may throw as well.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var request in batch)
                request.Fail(exception);
        }
    }

    /// <summary>
    /// Gives way to the callers of the last batch while they come back with their next messages. Without it the first
    /// of them would be written alone, and the others wait a whole write for nothing. It waits for nothing but its turn
    /// on the thread pool, and not at all for a caller who is alone.
    /// </summary>
    private async ValueTask GatherAsync(int lastCount)
    {
        var before = 0;
        for (var turn = 0; turn < MaxTurns && lastCount > 1; turn++)
        {
            await ThreadPoolTurn.Take();
            var now = Count;
            if (now >= lastCount || (now == before && turn > 0))
                return;
            before = now;
        }
    }

    private List<PublishRequest>? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _writers--;
                return null;
            }

            return TakeBatch();
        }
    }

    // The first request is taken whatever its size: a list that its caller wants stored as one can't be cut.
    private List<PublishRequest> TakeBatch()
    {
        var batch = new List<PublishRequest>(Math.Min(_waiting.Count, MaxRequests));
        var rows = 0;
        long bytes = 0;
        while (batch.Count < MaxRequests && _waiting.TryPeek(out var next)
               && (batch.Count == 0 || (rows + next.Rows <= MaxRows && bytes + next.Bytes <= MaxBytes)))
        {
            _waiting.Dequeue();
            if (!next.TryTake())
                continue;

            batch.Add(next);
            rows += next.Rows;
            bytes += next.Bytes;
        }

        return batch;
    }
}
