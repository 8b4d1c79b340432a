namespace Webhooks;

/// <summary>Measures how much work there is.</summary>
internal sealed class BacklogMeter(Database database)
{
    public Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => database.RunAsync(
            async (connection, token) =>
            {
                var statements = database.Planned(connection).Add(database.Sql.Measure);
                await using (statements.ConfigureAwait(false))
                {
                    var rows = await Database.ReadAllAsync(
                        statements, 1, static row => new StoreStatistics(row.GetInt64(0), row.GetTimeSpan(1)), token)
                        .ConfigureAwait(false);
                    return rows[0];
                }
            },
            cancellationToken);
}
