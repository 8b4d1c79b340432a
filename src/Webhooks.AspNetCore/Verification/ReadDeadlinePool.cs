using System.IO.Pipelines;
using Microsoft.Extensions.ObjectPool;

namespace Webhooks;

/// <summary>Keeps deadlines for reuse, as many as requests are likely to wait for their bodies at once.</summary>
internal sealed class ReadDeadlinePool
{
    private readonly ObjectPool<ReadDeadline> _pool;

    public ReadDeadlinePool(TimeProvider time) =>
        _pool = new DefaultObjectPoolProvider { MaximumRetained = 1024 }.Create(new Policy(time));

    public ReadDeadline Rent(PipeReader pipe, TimeSpan timeout)
    {
        var deadline = _pool.Get();
        deadline.Start(pipe, timeout);
        return deadline;
    }

    /// <summary>Ends a time limit and takes it back.</summary>
    /// <returns>Whether the time was over before.</returns>
    public bool Return(ReadDeadline deadline)
    {
        var expired = deadline.Stop();
        _pool.Return(deadline);
        return expired;
    }

    private sealed class Policy(TimeProvider time) : PooledObjectPolicy<ReadDeadline>
    {
        public override ReadDeadline Create() => new(time);

        public override bool Return(ReadDeadline obj) => true;
    }
}
