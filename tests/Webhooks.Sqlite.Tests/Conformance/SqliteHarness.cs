using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>The SQLite store on a real file and fake time.</summary>
public sealed class SqliteHarness : StoreHarness
{
    private readonly TemporaryDatabase _database = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly List<SqliteStore> _stores = [];

    public SqliteHarness() => Store = Open();

    public override WebhookStore Store { get; }

    public override async ValueTask StartAsync() => await Store.InitializeAsync(TestContext.Current.CancellationToken);

    public override ValueTask AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return default;
    }

    public override ValueTask<WebhookStore> OpenAnotherAsync() => new(Open());

    public override async ValueTask<DbConnection> OpenConnectionAsync()
    {
        var connection = new SqliteConnection($"{_database.ConnectionString};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        _database.Dispose();
        await base.DisposeAsync();
    }

    private SqliteStore Open()
    {
        var options = new SqliteStoreOptions { ConnectionString = _database.ConnectionString };
        var store = new SqliteStore(options, _clock, NullLogger.Instance);
        _stores.Add(store);
        return store;
    }
}
