using Npgsql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>The hand-written queue without the requests.</summary>
internal sealed class HandPostgresClaim(int loops) : ClaimWorkload(loops)
{
    private string _database = "";

    protected override Task FillAsync(string database, int count)
    {
        _database = database;
        return HandPostgres.FillAsync(database, count);
    }

    protected override async Task LoopAsync()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        while (await HandPostgres.ClaimAsync(connection) is { Count: > 0 } jobs)
            await HandPostgres.CompleteAsync(connection, jobs);
    }

    protected override Task CloseAsync() => Task.CompletedTask;
}
