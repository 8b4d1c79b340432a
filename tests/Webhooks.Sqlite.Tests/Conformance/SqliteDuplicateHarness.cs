using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>Webhooks remembered in a real file, on fake time.</summary>
public sealed class SqliteDuplicateHarness : DuplicateHarness
{
    private readonly TemporaryDatabase _database = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly List<SqliteDuplicateStore> _stores = [];

    public SqliteDuplicateHarness() => Store = Open();

    public override WebhookDuplicateStore Store { get; }

    public override async ValueTask StartAsync() => await Store.InitializeAsync(TestContext.Current.CancellationToken);

    public override ValueTask AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return default;
    }

    public override ValueTask<WebhookDuplicateStore> OpenAnotherAsync() => new(Open());

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        _database.Dispose();
        await base.DisposeAsync();
    }

    private SqliteDuplicateStore Open()
    {
        // What is tested is what is stored, and not how durably.
        var options = new SqliteStoreOptions
        {
            ConnectionString = _database.ConnectionString,
            Synchronous = SqliteSynchronous.Normal,
        };
        var store = new SqliteDuplicateStore(options, _clock, NullLogger.Instance);
        _stores.Add(store);
        return store;
    }
}
