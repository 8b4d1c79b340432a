using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Conformance;

/// <summary>Webhooks remembered in a database of its own, by a role that may create nothing.</summary>
public sealed class PostgreSqlDuplicateHarness : DuplicateHarness
{
    private readonly List<NpgsqlDataSource> _sources = [];
    private PostgresDatabase? _database;
    private string _role = "";
    private WebhookDuplicateStore? _store;

    public override WebhookDuplicateStore Store => _store ?? throw new InvalidOperationException("Start it first.");

    public override async ValueTask StartAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        _role = await ApplicationRole.CreateAsync(_database);
        await ApplicationRole.DeployAsync(_database);
        _store = await OpenAnotherAsync();
        await _store.InitializeAsync(TestContext.Current.CancellationToken);
    }

    // The clock is the server's: time goes on by moving what is stored back.
    public override async ValueTask AdvanceAsync(TimeSpan time)
    {
        await using var command = _sources[0].CreateCommand("UPDATE webhooks.received SET until = until - $1");
        command.Parameters.Add(new NpgsqlParameter { Value = time });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public override ValueTask<WebhookDuplicateStore> OpenAnotherAsync()
    {
        var source = NpgsqlDataSource.Create(_role);
        _sources.Add(source);
        return new(new PostgreSqlDuplicateStore(
            source, ownsSource: false, new PostgreSqlStoreOptions { CreateSchema = false }, TimeProvider.System,
            NullLogger.Instance));
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
