using System.Text.Json;
using Npgsql;
using Webhooks.Support;

namespace Webhooks.Claiming;

/// <summary>What a claim touches.</summary>
public sealed class ClaimCostTests
{
    private const string Fill =
        """
        INSERT INTO webhooks.endpoints (revision, created_at, updated_at, state, id, tenant, settings)
        SELECT 0, now(), now(), 0, 'ep_' || i, '', '' FROM generate_series(1, 100) i;
        INSERT INTO webhooks.messages (number, created_at, happened_at, deliveries, id, tenant, event_type,
            content_type, payload)
        SELECT i, now(), now(), 1, 'msg_' || i, '', 'invoice.paid', 'application/json', convert_to('{}', 'UTF8')
        FROM generate_series(1, $waiting) i;
        INSERT INTO webhooks.pending (id, endpoint, due, created_at, bytes)
        SELECT i::bigint << 20, 1 + i % 100, '-infinity', now(), 2 FROM generate_series(1, $waiting) i;
        INSERT INTO webhooks.done (id, endpoint, created_at, completed_at, attempts, state, failure)
        SELECT i::bigint << 20, 1 + i % 100, now(), now(), 1, 1, 0
        FROM generate_series($waiting + 1, $waiting + $done) i;
        """;

    private const string Prepare =
        """
        PREPARE claim (integer, bigint, bigint, interval, integer, bigint[], integer[], bigint, bigint, bigint,
            bigint[], bigint[], bigint[], bigint[], boolean, integer) AS

        """;

    private const string Explain =
        """
        EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)
        EXECUTE claim (100, 67108864, 1, '1 min', 10, '{}', '{}', 0, 9223372036854775807, 0, '{}', '{}', '{}', '{}',
            false, 64)
        """;

    private static readonly SqlText Sql = new("webhooks");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_reads_hardly_more_of_a_large_table_than_of_a_small_one(bool looksForOrdered)
    {
        var claim = looksForOrdered ? Sql.Claim : Sql.ClaimUnordered;

        var few = await BuffersAsync(claim, waiting: 1_000, done: 0);
        var many = await BuffersAsync(claim, waiting: 100_000, done: 100_000);

        Assert.InRange(many, 100, few * 1.3);
    }

    [Fact]
    public async Task Leases_touch_no_index()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using (var store = database.Open())
        {
            await FillAsync(database, store, waiting: 1_000, done: 0);
            long cursor = 0;
            for (var claimed = 0; claimed < 500;)
            {
                var claim = await store.ClaimAsync(maxCount: 100, cursor);
                cursor = claim.Result.Cursor;
                claimed += claim.Deliveries.Count;
                Assert.NotEmpty(claim.Deliveries);
            }
        }

        // The server counts what a connection did at the latest when it is closed.
        object? share = null;
        await Waiting.UntilAsync(async () => (share = await database.RunAsync(
            """
            SELECT n_tup_hot_upd::float8 / n_tup_upd FROM pg_stat_user_tables
            WHERE schemaname = 'webhooks' AND relname = 'pending' AND n_tup_upd >= 500
            """)) is not null);

        Assert.InRange((double)share!, 0.9, 1);
    }

    private static async Task<double> BuffersAsync(string claim, int waiting, int done)
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var store = database.Open();
        await FillAsync(database, store, waiting, done);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);

        // Once only: leases that are rolled back fill the pages until they are cleared away, which anybody who is just
        // connecting can hold up.
        return await ExplainAsync(connection, claim);
    }

    private static async Task<double> ExplainAsync(NpgsqlConnection connection, string claim)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in (string[])[Sql.Prelude, Prepare + claim, Explain])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await using var reader = await batch.ExecuteReaderAsync(Cancel);
        await reader.NextResultAsync(Cancel);
        await reader.ReadAsync(Cancel);
        using var plan = JsonDocument.Parse(reader.GetString(0));
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }

    private static async Task FillAsync(PostgresDatabase database, PostgreSqlStore store, int waiting, int done)
    {
        await store.InitializeAsync(Cancel);
        await database.RunAsync(Fill.Replace("$waiting", $"{waiting}").Replace("$done", $"{done}"));
        await database.RunAsync("ANALYZE");
    }
}
