using System.Runtime.CompilerServices;

namespace Webhooks;

/// <summary>Awaited, it goes on when all that the thread pool had to do before has begun. <see cref="Task.Yield"/>
/// would go on first.</summary>
internal readonly struct ThreadPoolTurn : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public static ThreadPoolTurn Take() => default;

    public ThreadPoolTurn GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
        => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
}
