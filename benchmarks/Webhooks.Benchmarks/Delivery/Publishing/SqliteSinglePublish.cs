namespace Webhooks.Benchmarks.Delivery;

/// <summary>One transaction a message, by hand.</summary>
internal sealed class SqliteSinglePublish : PublishWorkload
{
    private readonly Lock _lock = new();
    private HandSqlitePublisher? _publisher;

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => Task.FromResult(BenchmarkDatabase.NewSqlite());

    protected override Task OpenAsync(string database)
    {
        _publisher = new HandSqlitePublisher(database);
        return Task.CompletedTask;
    }

    protected override Task<int> PublishAsync()
    {
        lock (_lock)
        {
            using var transaction = _publisher!.Begin();
            _publisher.Insert();
            transaction.Commit();
            return Task.FromResult(1);
        }
    }

    protected override Task CloseAsync()
    {
        _publisher!.Dispose();
        return Task.CompletedTask;
    }
}
