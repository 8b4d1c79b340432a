namespace Webhooks.Simulation;

/// <summary>
/// Runs everything on one thread: the process has one processor and the thread pool one worker, so that what is queued
/// runs in its order, and time moves on by one timer only when nothing is left to run. With seeded randomness a run is
/// then the same every time, although the code under test knows nothing of it.
/// </summary>
internal sealed class Pump : IThreadPoolWorkItem
{
    private readonly SimulatedTime _time;
    private readonly Task _body;
    private readonly TaskCompletionSource _done = new();

    private Pump(SimulatedTime time, Task body)
    {
        _time = time;
        _body = body;
    }

    public static void RequireOneThread()
    {
        if (!ThreadPool.SetMaxThreads(1, 1))
            throw new InvalidOperationException("Set DOTNET_PROCESSOR_COUNT=1: the simulation needs one thread.");
    }

    /// <summary>Runs to the end.</summary>
    public static void Run(SimulatedTime time, Func<Task> body)
    {
        var ended = new TaskCompletionSource<Task>();
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                var pump = new Pump(time, body());
                ((IThreadPoolWorkItem)pump).Execute();
                pump._done.Task.ContinueWith(_ => ended.SetResult(pump._body), TaskScheduler.Default);
            },
            null);
        ended.Task.GetAwaiter().GetResult().GetAwaiter().GetResult();
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (ThreadPool.PendingWorkItemCount == 0)
        {
            if (_body.IsCompleted)
            {
                _done.SetResult();
                return;
            }

            if (!_time.FireNext())
            {
                _done.SetException(new InvalidOperationException("Nothing is left to run, but the run has not ended."));
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
