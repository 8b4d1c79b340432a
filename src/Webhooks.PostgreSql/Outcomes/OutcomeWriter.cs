using Npgsql;
using NpgsqlTypes;

namespace Webhooks;

/// <summary>Writes what was done with leased deliveries, in one round trip.</summary>
internal sealed class OutcomeWriter(Database database)
{
    public async Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return [];

        var written = await database.RunAsync(
            async (connection, token) =>
            {
                var statements = Fill(database.Planned(connection), outcomes);
                await using (statements.ConfigureAwait(false))
                    return await ReadKeysAsync(statements, first: 1, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return AreWritten(outcomes, written);
    }

    /// <summary>The same within the application's transaction, whose settings stay as they are.</summary>
    public async Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return [];

        var statements = Fill(Database.Plain(transaction.Connection!, transaction), outcomes);
        await using (statements.ConfigureAwait(false))
            return AreWritten(outcomes, await ReadKeysAsync(statements, first: 0, cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (leases.Count == 0)
            return [];

        var written = await database.RunAgainAsync(
            (connection, _, token) => RunAsync(connection, database.Sql.Renew, [.. Keys(leases), Arg.Of(duration)], token),
            cancellationToken).ConfigureAwait(false);
        return [.. leases.Select(written.Contains)];
    }

    public async Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
    {
        if (leases.Count == 0)
            return;

        await database.RunAgainAsync(
            (connection, _, token) => RunAsync(connection, database.Sql.Release, Keys(leases), token), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<HashSet<LeaseKey>> RunAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var statements = database.Planned(connection).Add(sql, parameters);
        await using (statements.ConfigureAwait(false))
            return await ReadKeysAsync(statements, first: 1, cancellationToken).ConfigureAwait(false);
    }

    // All write in the order of the ids, so that nobody waits for somebody who waits for them.
    private Statements Fill(Statements statements, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        var ordered = outcomes.OrderBy(static outcome => outcome.Id).ToArray();
        var ended = Array.FindAll(ordered, static outcome => outcome.State != DeliveryState.Pending);
        var again = Array.FindAll(ordered, static outcome => outcome.State == DeliveryState.Pending);
        if (ended.Length > 0)
            statements.Add(database.Sql.Finish, FinishParameters(ended));
        if (again.Length > 0)
            statements.Add(database.Sql.Retry, RetryParameters(again));
        return statements;
    }

    private static IReadOnlyList<bool> AreWritten(IReadOnlyList<DeliveryOutcome> outcomes, HashSet<LeaseKey> written)
        => [.. outcomes.Select(outcome => written.Contains(new LeaseKey(outcome.Id, outcome.Lease)))];

    /// <summary>Which deliveries were written, from one of the statements on.</summary>
    private static async Task<HashSet<LeaseKey>> ReadKeysAsync(
        Statements statements, int first, CancellationToken cancellationToken)
    {
        var keys = new HashSet<LeaseKey>();
        var reader = await statements.ReadAsync(first, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            do
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    keys.Add(new LeaseKey(reader.GetInt64(0), reader.GetInt64(1)));
            }
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        }

        return keys;
    }

    private static NpgsqlParameter[] FinishParameters(DeliveryOutcome[] outcomes) =>
    [
        .. Keys(outcomes),
        Arg.Of(Array.ConvertAll(outcomes, static outcome => (short)outcome.State)),
        Arg.Of(Array.ConvertAll(outcomes, static outcome => (short)outcome.Failure)),
        .. AttemptColumns.Of(outcomes),
    ];

    private static NpgsqlParameter[] RetryParameters(DeliveryOutcome[] outcomes) =>
    [
        .. Keys(outcomes),
        Arg.Array(Array.ConvertAll(outcomes, static outcome => outcome.RetryDelay), NpgsqlDbType.Interval),
        Arg.Of(Array.ConvertAll(outcomes, static outcome => outcome.LeavesOrder)),
        .. AttemptColumns.Of(outcomes),
    ];

    private static NpgsqlParameter[] Keys(DeliveryOutcome[] outcomes) =>
    [
        Arg.Of(Array.ConvertAll(outcomes, static outcome => outcome.Id)),
        Arg.Of(Array.ConvertAll(outcomes, static outcome => outcome.Lease)),
    ];

    private static NpgsqlParameter[] Keys(IReadOnlyList<LeaseKey> leases)
    {
        var ordered = leases.OrderBy(static lease => lease.DeliveryId).ToArray();
        return
        [
            Arg.Of(Array.ConvertAll(ordered, static lease => lease.DeliveryId)),
            Arg.Of(Array.ConvertAll(ordered, static lease => lease.Lease)),
        ];
    }
}
