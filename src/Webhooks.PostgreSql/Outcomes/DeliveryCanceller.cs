namespace Webhooks;

/// <summary>Ends pending deliveries without delivering them.</summary>
internal sealed class DeliveryCanceller(Database database)
{
    public async Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
    {
        if (deliveryIds.Count == 0)
            return 0;

        var ids = deliveryIds.Distinct().Order().ToArray();
        return await CountAsync(database.Sql.Cancel, Arg.Of(ids), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cancels everything that is pending for an endpoint, which is deleted.</summary>
    public async Task CancelAllOfAsync(long endpoint, CancellationToken cancellationToken)
    {
        while (await CancelSomeOfAsync(endpoint, cancellationToken).ConfigureAwait(false) > 0)
        {
            // Small transactions: a backlog may be long.
        }
    }

    public Task<int> CancelSomeOfAsync(long endpoint, CancellationToken cancellationToken)
        => CountAsync(database.Sql.CancelEndpoint, Arg.Of(endpoint), cancellationToken);

    private Task<int> CountAsync(string sql, Npgsql.NpgsqlParameter parameter, CancellationToken cancellationToken)
        => database.RunAsync(
            async (connection, token) =>
            {
                var statements = database.Planned(connection).Add(sql, parameter);
                await using (statements.ConfigureAwait(false))
                {
                    var counts = await Database.ReadAllAsync(statements, 1, static row => row.GetInt32(0), token)
                        .ConfigureAwait(false);
                    return counts[0];
                }
            },
            cancellationToken);
}
