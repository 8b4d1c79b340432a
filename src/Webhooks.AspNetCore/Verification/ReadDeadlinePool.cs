using Microsoft.Extensions.ObjectPool;

namespace Webhooks;

/// <summary>Keeps deadlines for reuse, as many as requests are likely to wait for their bodies at once.</summary>
internal sealed class ReadDeadlinePool(TimeProvider time) : IPooledObjectPolicy<ReadDeadline>
{
    private ObjectPool<ReadDeadline>? _pool;

    private ObjectPool<ReadDeadline> Pool =>
        _pool ??= new DefaultObjectPoolProvider { MaximumRetained = 1024 }.Create(this);

    public ReadDeadline Rent(TimeSpan timeout)
    {
        var deadline = Pool.Get();
        deadline.Start(timeout);
        return deadline;
    }

    public void Return(ReadDeadline deadline) => Pool.Return(deadline);

    ReadDeadline IPooledObjectPolicy<ReadDeadline>.Create() => new(time);

    bool IPooledObjectPolicy<ReadDeadline>.Return(ReadDeadline deadline) => deadline.TryStop();
}
