using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Conformance;

/// <summary>A store in a database of its own, whose schema was deployed by hand: its role may create nothing but the
/// tables of an application in the schema <c>public</c>.</summary>
public sealed class PostgreSqlHarness : StoreHarness
{
    // Where the clock is the server's, time goes on by moving what is stored back.
    private const string Shift =
        """
        UPDATE webhooks.endpoints SET created_at = created_at - $1, updated_at = updated_at - $1;
        UPDATE webhooks.failing SET since = since - $1;
        UPDATE webhooks.messages SET created_at = created_at - $1;
        UPDATE webhooks.idempotency SET expires_at = expires_at - $1;
        UPDATE webhooks.pending SET due = due - $1, created_at = created_at - $1, leased_until = leased_until - $1;
        UPDATE webhooks.done SET created_at = created_at - $1, completed_at = completed_at - $1;
        """;

    private DeployedDatabase? _database;
    private WebhookStore? _store;

    public override WebhookStore Store => _store ?? throw new InvalidOperationException("Start the harness first.");

    public override async ValueTask StartAsync()
    {
        _database = await DeployedDatabase.CreateAsync();
        await _database.RunAsync("GRANT CREATE ON SCHEMA public TO public");
        _store = await OpenAnotherAsync();
        await _store.InitializeAsync(TestContext.Current.CancellationToken);
    }

    public override async ValueTask AdvanceAsync(TimeSpan time)
    {
        await using var connection = await _database!.First.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in Shift.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = time } } });
        await batch.ExecuteNonQueryAsync();
    }

    public override ValueTask<WebhookStore> OpenAnotherAsync() => new(new PostgreSqlStore(
        _database!.Open(), ownsSource: false, DeployedDatabase.Options, TimeProvider.System, Random.Shared,
        NullLogger.Instance));

    public override async ValueTask<DbConnection> OpenConnectionAsync() => await _database!.First.OpenConnectionAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
