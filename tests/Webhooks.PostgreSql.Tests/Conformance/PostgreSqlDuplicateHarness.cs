using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Conformance;

/// <summary>Webhooks remembered in a database of its own, by a role that may create nothing.</summary>
public sealed class PostgreSqlDuplicateHarness : DuplicateHarness
{
    private DeployedDatabase? _database;
    private WebhookDuplicateStore? _store;

    public override WebhookDuplicateStore Store => _store ?? throw new InvalidOperationException("Start it first.");

    public override async ValueTask StartAsync()
    {
        _database = await DeployedDatabase.CreateAsync();
        _store = await OpenAnotherAsync();
        await _store.InitializeAsync(TestContext.Current.CancellationToken);
    }

    // The clock is the server's: time goes on by moving what is stored back.
    public override async ValueTask AdvanceAsync(TimeSpan time)
    {
        await using var command = _database!.First.CreateCommand("UPDATE webhooks.received SET until = until - $1");
        command.Parameters.Add(new NpgsqlParameter { Value = time });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public override ValueTask<WebhookDuplicateStore> OpenAnotherAsync() => new(new PostgreSqlDuplicateStore(
        _database!.Open(), ownsSource: false, DeployedDatabase.Options, TimeProvider.System, NullLogger.Instance));

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
