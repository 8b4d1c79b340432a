using System.Threading.Channels;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Group commit by hand: one writer takes all that wait into a transaction.</summary>
internal sealed class SqliteGroupPublish : PublishWorkload
{
    private HandSqlitePublisher? _publisher;
    private Channel<TaskCompletionSource<int>>? _waiting;
    private Task _writer = Task.CompletedTask;

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => Task.FromResult(BenchmarkDatabase.NewSqlite());

    protected override Task OpenAsync(string database)
    {
        _publisher = new HandSqlitePublisher(database);
        _waiting = Channel.CreateUnbounded<TaskCompletionSource<int>>(new UnboundedChannelOptions { SingleReader = true });
        _writer = Task.Run(WriteAsync);
        return Task.CompletedTask;
    }

    protected override Task<int> PublishAsync()
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting!.Writer.TryWrite(done);
        return done.Task;
    }

    protected override async Task CloseAsync()
    {
        _waiting!.Writer.Complete();
        await _writer;
        _publisher!.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<TaskCompletionSource<int>>();
        while (await _waiting!.Reader.WaitToReadAsync())
        {
            using (var transaction = _publisher!.Begin())
            {
                while (batch.Count < 500 && _waiting.Reader.TryRead(out var done))
                {
                    _publisher.Insert();
                    batch.Add(done);
                }

                transaction.Commit();
            }

            foreach (var done in batch)
                done.SetResult(1);

            batch.Clear();
        }
    }
}
