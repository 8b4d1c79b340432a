namespace Webhooks;

/// <summary>Delivers again, and cancels, within a transaction.</summary>
internal static class Redelivery
{
    public static int Cancel(WriteTransaction transaction, IReadOnlyList<long> ids)
    {
        var ending = new DeliveryEnding(DeliveryState.Cancelled, DeliveryFailure.None, transaction.Now);
        return ids.Count(id => transaction.Pending.Finish(id, lease: null, ending, attempt: null));
    }

    public static int Redeliver(WriteTransaction transaction, IReadOnlyList<long> ids, AttemptTrigger trigger)
    {
        var now = transaction.Now;
        return ids.Count(id => TryRedeliver(transaction, id, trigger, now));
    }

    public static int Replay(WriteTransaction transaction, IReadOnlyList<long> messages, long endpoint)
    {
        if (transaction.Endpoints.IsDeleted(endpoint))
            return 0;
        var now = transaction.Now;
        var delivery = transaction.LastDelivery;
        var due = messages.Count(message => TryReplay(transaction, message, endpoint, now));
        if (transaction.LastDelivery > delivery)
            transaction.Hours.Note(now, transaction.LastMessage, delivery, transaction.LastMessage, transaction.LastDelivery);
        return due;
    }

    private static bool TryReplay(WriteTransaction transaction, long message, long endpoint, long now)
    {
        var connection = transaction.Connection;
        var row = connection.Prepare(RedeliverySql.FindMessage).Bind(1, message);
        if (!row.Step())
            return false;
        var (tenant, first, count) = (row.Text(0), row.Long(1), row.Long(2));
        row.Reset();

        var known = connection.Prepare(RedeliverySql.FindDelivery)
            .Bind(1, message)
            .Bind(2, first)
            .Bind(3, first + count)
            .Bind(4, endpoint)
            .Scalar();
        if (known is { } delivery)
            return TryRedeliver(transaction, delivery, AttemptTrigger.Replay, now);

        var note = new MessageNote(message, tenant, OrderingKey: null);
        var added = transaction.Pending.Add(note, endpoint, StoreTime.AtOnce, now, AttemptTrigger.Replay);
        connection.Prepare(RedeliverySql.NoteReplay).Bind(1, message).Bind(2, added).Run();
        return true;
    }

    private static bool TryRedeliver(WriteTransaction transaction, long id, AttemptTrigger trigger, long now)
    {
        var row = transaction.Connection.Prepare(RedeliverySql.FindPending).Bind(1, id);
        if (!row.Step())
            return TryReopen(transaction, id, trigger, now);
        var (endpoint, isHeldBack, leasedUntil) = (row.Long(0), row.Int(1) == 1, row.Long(2));
        row.Reset();

        if (leasedUntil > now || transaction.Endpoints.IsDeleted(endpoint))
            return false;
        transaction.Connection.Prepare(RedeliverySql.Restart).Bind(1, id).Bind(2, now).Bind(3, (long)trigger).Run();
        if (!isHeldBack)
            transaction.Lanes.Lower(endpoint, StoreTime.AtOnce);
        return true;
    }

    private static bool TryReopen(WriteTransaction transaction, long id, AttemptTrigger trigger, long now)
    {
        var connection = transaction.Connection;
        if (connection.Prepare(RedeliverySql.FindDone).Bind(1, id).Scalar() is not { } endpoint
            || transaction.Endpoints.IsDeleted(endpoint))
            return false;

        connection.Prepare(RedeliverySql.KeepAttempt).Bind(1, id).Run();
        connection.Prepare(RedeliverySql.CopyToPending).Bind(1, id).Bind(2, now).Bind(3, (long)trigger).Run();
        connection.Prepare(RedeliverySql.DeleteDone).Bind(1, id).Run();
        transaction.CountPending(1);
        transaction.Lanes.Lower(endpoint, StoreTime.AtOnce);
        return true;
    }
}
