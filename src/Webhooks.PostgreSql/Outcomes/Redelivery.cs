using Npgsql;

namespace Webhooks;

/// <summary>Has deliveries made again, and messages delivered to endpoints that they didn't go to.</summary>
internal sealed class Redelivery(Database database, string channel, long maintenanceLock)
{
    public Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => RunAsync(
            (connection, transaction, token) => RedeliverAsync(connection, transaction, deliveryIds, trigger, token),
            cancellationToken);

    public Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => RunAsync(
            async (connection, transaction, token) =>
            {
                var found = await FindAsync(connection, transaction, messageNumbers, endpointNumber, token)
                    .ConfigureAwait(false);
                long[] missing = [.. found.Where(static pair => pair.Delivery is null).Select(static pair => pair.Message).Order()];
                var existing = found.Select(static pair => pair.Delivery).OfType<long>().ToArray();
                await CreateAsync(connection, transaction, missing, endpointNumber, token).ConfigureAwait(false);
                return missing.Length + await RedeliverAsync(
                    connection, transaction, existing, AttemptTrigger.Replay, token).ConfigureAwait(false);
            },
            cancellationToken);

    private Task<int> RunAsync(
        Func<NpgsqlConnection, NpgsqlTransaction, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
        => database.RunInTransactionAsync(
            async (transaction, token) =>
            {
                var connection = transaction.Connection!;
                var lockFirst = Database.Plain(connection, transaction)
                    .Add(database.Sql.Prelude)
                    .Add(database.Sql.MaintenanceLock, Arg.Of(maintenanceLock))
                    .Add(database.Sql.Notify, Arg.Text(channel));
                await using (lockFirst.ConfigureAwait(false))
                    await lockFirst.RunAsync(token).ConfigureAwait(false);
                return await work(connection, transaction, token).ConfigureAwait(false);
            },
            cancellationToken);

    private async Task<int> RedeliverAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<long> ids, AttemptTrigger trigger,
        CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return 0;

        var statements = Database.Plain(connection, transaction).Add(
            database.Sql.Redeliver, Arg.Of(ids.Distinct().Order().ToArray()), Arg.Of((short)trigger));
        await using (statements.ConfigureAwait(false))
        {
            var counts = await Database.ReadAllAsync(statements, 0, static row => row.GetInt32(0), cancellationToken)
                .ConfigureAwait(false);
            return counts[0];
        }
    }

    private async Task<List<(long Message, long? Delivery)>> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<long> messages, long endpoint,
        CancellationToken cancellationToken)
    {
        var statements = Database.Plain(connection, transaction)
            .Add(database.Sql.ReplayFind, Arg.Of(messages.ToArray()), Arg.Of(endpoint));
        await using (statements.ConfigureAwait(false))
        {
            return await Database.ReadAllAsync(
                statements, 0, static row => (row.GetInt64(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1)),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long[] messages, long endpoint,
        CancellationToken cancellationToken)
    {
        var statements = Database.Plain(connection, transaction)
            .Add(database.Sql.ReplayNew, Arg.Of(messages), Arg.Of(endpoint));
        await using (statements.ConfigureAwait(false))
            await statements.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
