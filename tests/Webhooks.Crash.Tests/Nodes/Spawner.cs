using System.Collections.Concurrent;
using System.Diagnostics;

namespace Webhooks.Crash;

/// <summary>
/// Starts processes from one thread that lives as long as the tests. The kernel kills a node when the thread that
/// started it ends, and threads of the pool come and go.
/// </summary>
internal static class Spawner
{
    private static readonly BlockingCollection<Action> Work = StartThread();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> StartThread()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
                action();
        });
        thread.IsBackground = true;
        thread.Name = "Spawner";
        thread.Start();
        return work;
    }
}
