using Npgsql;

namespace Webhooks;

/// <summary>Deletes what is old enough, a batch at a time. One node does so at a time.</summary>
internal sealed class Purger(Database database, long maintenanceLock)
{
    // What is kept longer is kept for ever; PostgreSQL's calendar ends somewhere too.
    private static readonly TimeSpan Ever = TimeSpan.FromDays(365 * 1000);

    public Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => database.RunAsync((connection, token) => RunAsync(connection, limits, token), cancellationToken);

    private async Task<PurgeResult> RunAsync(
        NpgsqlConnection connection, RetentionLimits limits, CancellationToken cancellationToken)
    {
        var sql = database.Sql;
        var size = limits.BatchSize;
        var statements = database.Planned(connection)
            .Add(sql.PurgeBegin, Arg.Of(maintenanceLock))
            .Add(sql.PurgeDeliveries, Arg.Of(size), Age(limits.Succeeded), Age(limits.Failed))
            .Add(sql.PurgeMessages, Arg.Of(size), Age(limits.Succeeded))
            .Add(sql.PurgeKeys, Arg.Of(size));
        await using (statements.ConfigureAwait(false))
        {
            var reader = await statements.ReadAsync(2, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var (deliveries, ended) = (reader.GetInt32(0), reader.GetInt32(1));
                var unwanted = await NextCountAsync(reader, cancellationToken).ConfigureAwait(false);
                var keys = await NextCountAsync(reader, cancellationToken).ConfigureAwait(false);
                return new PurgeResult(
                    deliveries, ended + unwanted, deliveries == size || unwanted == size || keys == size);
            }
        }
    }

    private static NpgsqlParameter Age(TimeSpan age) => Arg.Of(age > Ever ? Ever : age);

    private static async Task<int> NextCountAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reader.GetInt32(0);
    }
}
