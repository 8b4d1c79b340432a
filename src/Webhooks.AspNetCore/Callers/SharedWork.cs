namespace Webhooks;

/// <summary>Work whose result is shared by all who need it while it is under way. Nobody who gives up stops it for the
/// others.</summary>
internal sealed class SharedWork<TKey, TResult>(int mostAtOnce)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Task<TResult>> _pending = [];
    private readonly Lock _gate = new();

    /// <summary>Joins the work under way for a key, takes what others' work brought just now, or starts it.</summary>
    /// <param name="key">What the work is for.</param>
    /// <param name="find">Finds a result that needs no new work; null for none.</param>
    /// <param name="mayStart">Asked before it is started, one asking at a time.</param>
    /// <param name="work">Does it. What it notes before it ends is seen by <paramref name="find"/> and
    /// <paramref name="mayStart"/>.</param>
    /// <returns>Null if it may not be started, or too much is under way.</returns>
    public Task<TResult>? Join(
        TKey key, Func<TKey, Task<TResult>?> find, Func<TKey, bool> mayStart, Func<TKey, Task<TResult>> work)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(key, out var pending))
                return pending;
            if (find(key) is { } found)
                return found;
            if (_pending.Count >= mostAtOnce || !mayStart(key))
                return null;

            pending = Task.Run(() => RunAsync(key, work));
            _pending.Add(key, pending);
            Observe(pending);
            return pending;
        }
    }

    private async Task<TResult> RunAsync(TKey key, Func<TKey, Task<TResult>> work)
    {
        try
        {
            return await work(key).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _pending.Remove(key);
        }
    }

    /// <summary>A failure that nobody waits for any more is nobody's fault.</summary>
    private static void Observe(Task task) => task.ContinueWith(
        static failed => failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
