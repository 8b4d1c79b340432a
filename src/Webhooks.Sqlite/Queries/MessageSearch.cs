namespace Webhooks;

/// <summary>Finds messages.</summary>
internal static class MessageSearch
{
    public static IReadOnlyList<MessageRecord> Find(DatabaseConnection connection, MessageFilter filter)
    {
        var query = new QueryText($"SELECT {Columns(filter)} FROM webhook_messages m {IndexFor(filter)}")
            .Where("m.id =", filter.Id)
            .Where("m.tenant =", filter.Tenant)
            .Where("m.event_type =", filter.EventType)
            .Where(filter.OldestFirst ? "m.number >" : "m.number <", filter.After);
        if (filter.Tenant is { Length: > 0 })
            query.Where("m.tenant <> ''");
        if (filter.From is { } from)
            query.Where("m.created_at >=", StoreTime.From(from)).Where("m.number >=", First(connection, from));
        if (filter.Until is { } until)
            query.Where("m.created_at <", StoreTime.From(until)).Where("m.number <=", Last(connection, until));

        using var rows = query.Page("m.number", filter.OldestFirst, filter.Limit).Prepare(connection);
        var found = new List<MessageRecord>();
        while (rows.Step())
            found.Add(MessageColumns.Read(rows, filter.WithPayload));
        return found;
    }

    private static string Columns(MessageFilter filter)
        => filter.WithPayload ? $"{MessageColumns.Names}, m.payload" : MessageColumns.Names;

    // Said and not left to SQLite, which knows nothing of how many rows each way would lead through.
    private static string IndexFor(MessageFilter filter) => filter switch
    {
        { Id: not null } => "INDEXED BY webhook_messages_id",
        { Tenant.Length: > 0 } => "INDEXED BY webhook_messages_tenant",
        _ => "NOT INDEXED",
    };

    private static long First(DatabaseConnection connection, DateTimeOffset from)
        => HourSearch.FirstMessage(connection, StoreTime.From(from));

    private static long Last(DatabaseConnection connection, DateTimeOffset until)
        => HourSearch.LastMessage(connection, StoreTime.From(until));
}
