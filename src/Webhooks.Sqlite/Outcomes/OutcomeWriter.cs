namespace Webhooks;

/// <summary>Writes what was done with leased deliveries, and ends their leases.</summary>
internal static class OutcomeWriter
{
    public static IReadOnlyList<bool> Complete(WriteTransaction transaction, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        var now = transaction.Now;
        var written = new bool[outcomes.Count];
        var hasFailing = transaction.Connection.Prepare(OutcomeSql.AnyFailing).Scalar() == 1;
        for (var i = 0; i < written.Length; i++)
        {
            var outcome = outcomes[i];
            written[i] = outcome.State == DeliveryState.Pending
                ? Retry(transaction, outcome, now)
                : Finish(transaction, outcome, now);
            if (hasFailing && written[i] && outcome.State == DeliveryState.Succeeded)
                transaction.Connection.Prepare(OutcomeSql.NoteSuccess).Bind(1, outcome.Id).Bind(2, now).Run();
        }

        return written;
    }

    public static IReadOnlyList<bool> Renew(WriteTransaction transaction, IReadOnlyList<LeaseKey> leases, TimeSpan duration)
    {
        var until = StoreTime.Add(transaction.Now, duration);
        var held = new bool[leases.Count];
        for (var i = 0; i < held.Length; i++)
        {
            held[i] = transaction.Connection.Prepare(OutcomeSql.Renew)
                .Bind(1, leases[i].DeliveryId)
                .Bind(2, leases[i].Lease)
                .Bind(3, until)
                .Change() == 1;
        }

        return held;
    }

    public static int Release(WriteTransaction transaction, IReadOnlyList<LeaseKey> leases)
    {
        var released = 0;
        foreach (var (id, lease) in leases)
        {
            if (FindLeased(transaction.Connection, id, lease) is not { } row)
                continue;
            transaction.Connection.Prepare(OutcomeSql.Release).Bind(1, id).Run();
            transaction.Lanes.Lower(row.Endpoint, row.Due);
            released++;
        }

        return released;
    }

    private static bool Finish(WriteTransaction transaction, DeliveryOutcome outcome, long now)
        => transaction.Pending.Finish(
            outcome.Id, outcome.Lease, new DeliveryEnding(outcome.State, outcome.Failure, now), outcome.Attempt);

    private static bool Retry(WriteTransaction transaction, DeliveryOutcome outcome, long now)
    {
        var connection = transaction.Connection;
        if (FindLeased(connection, outcome.Id, outcome.Lease) is not { } row)
            return false;

        var due = StoreTime.Add(now, outcome.RetryDelay > TimeSpan.Zero ? outcome.RetryDelay : TimeSpan.Zero);
        var leaves = outcome.LeavesOrder && row.OrderingKey is not null;
        connection.Prepare(OutcomeSql.Retry)
            .Bind(1, outcome.Id)
            .Bind(2, due)
            .Bind(3, outcome.Attempt is null ? 0 : 1)
            .Bind(4, StoreTime.From(outcome.Attempt?.StartedAt))
            .Bind(5, leaves ? 1 : 0)
            .Run();
        if (outcome.Attempt is { } attempt)
            AttemptColumns.Bind(connection.Prepare(OutcomeSql.InsertAttempt).Bind(1, outcome.Id), 2, attempt).Run();
        transaction.Lanes.Lower(row.Endpoint, due);
        if (leaves)
            transaction.Pending.Promote(row.Endpoint, row.OrderingKey!, row.Tenant);
        return true;
    }

    private static LeasedRow? FindLeased(DatabaseConnection connection, long id, long lease)
    {
        var row = connection.Prepare(OutcomeSql.FindLeased).Bind(1, id).Bind(2, lease);
        if (!row.Step())
            return null;
        var found = new LeasedRow(row.Long(0), row.Long(1), row.Text(2), row.TextOrNull(3));
        row.Reset();
        return found;
    }
}
