namespace Webhooks;

/// <summary>The deliveries that are pending: how they come, change and go, and who goes next in their order.</summary>
internal sealed class PendingRows(WriteTransaction transaction)
{
    private readonly DatabaseConnection _connection = transaction.Connection;

    /// <summary>Adds a delivery that was never tried, and returns its number.</summary>
    public long Add(MessageNote message, long endpoint, long due, long now, AttemptTrigger trigger)
    {
        var id = transaction.NextDelivery();
        var isHeld = message.OrderingKey is not null && HasOrder(endpoint, message.OrderingKey, message.Tenant);
        _connection.Prepare(PendingSql.Insert)
            .Bind(1, id)
            .Bind(2, message.Number)
            .Bind(3, endpoint)
            .Bind(4, due)
            .Bind(5, isHeld ? 1 : 0)
            .Bind(6, now)
            .Bind(7, message.Tenant)
            .Bind(8, message.OrderingKey)
            .Bind(9, (long)trigger)
            .BindNull(10)
            .Bind(11, 0)
            .Run();
        transaction.CountPending(1);
        if (!isHeld)
            transaction.Lanes.Lower(endpoint, due);
        return id;
    }

    /// <summary>Adds a delivery without an order that is held from the start, and returns its number.</summary>
    public long AddHeld(MessageRecord message, long endpoint, long now, long lease, long until)
    {
        var id = transaction.NextDelivery();
        _connection.Prepare(PendingSql.Insert)
            .Bind(1, id)
            .Bind(2, message.Number)
            .Bind(3, endpoint)
            .Bind(4, StoreTime.AtOnce)
            .Bind(5, 0)
            .Bind(6, now)
            .Bind(7, message.Tenant)
            .BindNull(8)
            .Bind(9, (long)AttemptTrigger.Schedule)
            .Bind(10, lease)
            .Bind(11, until)
            .Run();
        transaction.CountPending(1);
        transaction.Lanes.Await(endpoint, until);
        return id;
    }

    /// <summary>Moves a delivery to those that are done. False if it isn't pending, or isn't held by the lease.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="lease">The lease that it has to be held by; null if that doesn't matter.</param>
    /// <param name="ending">How it ended.</param>
    /// <param name="attempt">The last attempt; null where that stands in the attempts' table, if anywhere.</param>
    public bool Finish(long id, long? lease, DeliveryEnding ending, AttemptRecord? attempt)
    {
        var insert = _connection.Prepare(PendingSql.CopyToDone)
            .Bind(1, id)
            .Bind(2, lease)
            .Bind(3, (long)ending.State)
            .Bind(4, (long)ending.Failure)
            .Bind(5, ending.Now)
            .Bind(6, attempt is null ? 0 : 1);
        if (AttemptColumns.Bind(insert, 7, attempt).Change() == 0)
            return false;

        transaction.CountPending(-1);
        if (_connection.Prepare(PendingSql.DeleteUnordered).Bind(1, id).Change() == 0)
            DeleteOrdered(id);
        return true;
    }

    /// <summary>Lets the next one of an order go, if nothing is before it.</summary>
    public void Promote(long endpoint, string orderingKey, string tenant)
    {
        var head = _connection.Prepare(PendingSql.Head).Bind(1, endpoint).Bind(2, orderingKey).Bind(3, tenant);
        if (!head.Step())
            return;
        var (id, due, isHeld) = (head.Long(0), head.Long(1), head.Int(2) == 1);
        head.Reset();
        if (!isHeld)
            return;
        _connection.Prepare(PendingSql.LetGo).Bind(1, id).Run();
        transaction.Lanes.Lower(endpoint, due);
    }

    private bool HasOrder(long endpoint, string orderingKey, string tenant)
        => _connection.Prepare(PendingSql.HasOrder).Bind(1, endpoint).Bind(2, orderingKey).Bind(3, tenant).Scalar() == 1;

    private void DeleteOrdered(long id)
    {
        var row = _connection.Prepare(PendingSql.Order).Bind(1, id);
        if (!row.Step())
            throw new InvalidOperationException($"Delivery {id} is gone from webhook_pending within one transaction.");
        var (endpoint, key, tenant) = (row.Long(0), row.Text(1), row.Text(2));
        row.Reset();
        _connection.Prepare(PendingSql.Delete).Bind(1, id).Run();
        Promote(endpoint, key, tenant);
    }
}
