namespace Webhooks;

/// <summary>Stores a batch of messages and their deliveries within a transaction.</summary>
internal static class BatchPublisher
{
    public static PublishOutcome Publish(WriteTransaction transaction, PublishBatch batch)
    {
        if (batch.EndpointRevision != transaction.EndpointRevision)
            return PublishOutcome.Stale;

        var now = transaction.Now;
        var (message, delivery) = (transaction.LastMessage, transaction.LastDelivery);
        var stored = new StoredMessage[batch.Messages.Count];
        var leased = new List<LeasedDelivery>();
        for (var i = 0; i < stored.Length; i++)
            stored[i] = Store(transaction, batch.Messages[i], now, batch.Lease, leased);

        if (transaction.LastMessage > message)
            transaction.Hours.Note(now, message, delivery, transaction.LastMessage, transaction.LastDelivery);
        return new PublishOutcome { Messages = stored, Leased = leased };
    }

    /// <summary>About how many rows a batch writes.</summary>
    public static int WeightOf(PublishBatch batch) => batch.Messages.Count * 2;

    private static StoredMessage Store(
        WriteTransaction transaction, NewMessage item, long now, DirectLease? lease, List<LeasedDelivery> leased)
    {
        var connection = transaction.Connection;
        var message = item.Message;
        if (message.IdempotencyKey is not null && FindByKey(connection, message, now) is { } known)
            return known;
        if (!Insert(transaction, item, now))
            return FindById(connection, message);

        if (message.IdempotencyKey is not null)
            InsertKey(connection, item, now);
        var direct = lease is null ? 0 : Math.Min(item.DirectCount, item.Endpoints.Count);
        if (direct > 0)
            Lease(transaction, item, now, lease!, leased);
        var due = item.Delay > TimeSpan.Zero ? StoreTime.Add(now, item.Delay) : StoreTime.AtOnce;
        var note = new MessageNote(transaction.LastMessage, message.Tenant, message.OrderingKey);
        for (var i = direct; i < item.Endpoints.Count; i++)
            transaction.Pending.Add(note, item.Endpoints[i], due, now, AttemptTrigger.Schedule);
        return new StoredMessage(message.Id, item.Endpoints.Count, MessageDuplicate.None);
    }

    // What is held from the start; of a message without a delay or an order.
    private static void Lease(
        WriteTransaction transaction, NewMessage item, long now, DirectLease lease, List<LeasedDelivery> leased)
    {
        var message = item.Message with { Number = transaction.LastMessage, CreatedAt = StoreTime.To(now) };
        var until = StoreTime.Add(now, lease.Duration);
        for (var i = 0; i < item.DirectCount && i < item.Endpoints.Count; i++)
        {
            leased.Add(new LeasedDelivery
            {
                Id = transaction.Pending.AddHeld(message, item.Endpoints[i], now, lease.Lease, until),
                EndpointNumber = item.Endpoints[i],
                Message = message,
            });
        }
    }

    private static bool Insert(WriteTransaction transaction, NewMessage item, long now)
    {
        var message = item.Message;
        var insert = transaction.Connection.Prepare(PublishSql.InsertMessage)
            .Bind(1, transaction.LastMessage + 1)
            .Bind(2, message.Id)
            .Bind(3, message.Tenant)
            .Bind(4, message.EventType)
            .Bind(5, StoreTime.From(message.Timestamp))
            .Bind(6, now)
            .Bind(7, StoreTime.From(message.ExpiresAt))
            .Bind(8, message.ContentType)
            .Bind(9, message.OrderingKey)
            .Bind(10, message.IdempotencyKey)
            .Bind(11, transaction.LastDelivery + 1)
            .Bind(12, item.Endpoints.Count);
        if (message.Headers.IsEmpty)
            insert.BindNull(13);
        else
            insert.Bind(13, message.Headers.Span);
        if (insert.Bind(14, message.Payload.Span).Change() == 0)
            return false;
        transaction.NextMessage();
        return true;
    }

    private static void InsertKey(DatabaseConnection connection, NewMessage item, long now)
        => connection.Prepare(PublishSql.InsertKey)
            .Bind(1, item.Message.Tenant)
            .Bind(2, item.Message.IdempotencyKey)
            .Bind(3, StoreTime.Add(now, item.IdempotencyWindow))
            .Bind(4, item.Message.Id)
            .Bind(5, item.Endpoints.Count)
            .Run();

    private static StoredMessage? FindByKey(DatabaseConnection connection, MessageRecord message, long now)
    {
        var row = connection.Prepare(PublishSql.FindKey)
            .Bind(1, message.Tenant)
            .Bind(2, message.IdempotencyKey)
            .Bind(3, now);
        if (!row.Step())
            return null;
        var stored = new StoredMessage(row.Text(0), row.Int(1), MessageDuplicate.SameIdempotencyKey);
        row.Reset();
        return stored;
    }

    private static StoredMessage FindById(DatabaseConnection connection, MessageRecord message)
    {
        var row = connection.Prepare(PublishSql.FindId).Bind(1, message.Id);
        if (!row.Step())
            throw new InvalidOperationException("A message's id is taken and not to be found within one transaction.");
        var isSame = row.Text(0) == message.Tenant;
        var stored = isSame
            ? new StoredMessage(message.Id, row.Int(1), MessageDuplicate.SameId)
            : new StoredMessage(message.Id, 0, MessageDuplicate.IdTaken);
        row.Reset();
        return stored;
    }
}
