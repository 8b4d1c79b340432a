namespace Webhooks;

/// <summary>Finds deliveries among those that are pending and those that are done.</summary>
internal static class DeliverySearch
{
    private const string MessageJoin = "CROSS JOIN webhook_messages m ON m.number = d.message";
    private const string ReplayJoin = "webhook_replays r CROSS JOIN";
    private const string FindMessageSql = "SELECT first_delivery, deliveries FROM webhook_messages WHERE number = ?1";

    public static IReadOnlyList<DeliveryRecord> Find(DatabaseConnection connection, DeliveryFilter filter)
    {
        var found = new List<DeliveryRecord>();
        if (filter.MessageNumber is { } message)
        {
            var first = FirstDelivery(connection, message, out var count);
            foreach (var table in Tables(filter))
            {
                Run(connection, filter, table, Select(table, "NOT INDEXED")
                    .Where("d.id >=", first)
                    .Where("d.id <", first + count)
                    .Where("d.message =", message), found);
                Run(connection, filter, table, SelectReplayed(table).Where("r.message =", message), found);
            }
        }
        else
        {
            foreach (var table in Tables(filter))
                Run(connection, filter, table, Select(table, IndexFor(table, filter)), found);
        }

        var ordered = filter.OldestFirst
            ? found.OrderBy(static delivery => delivery.Id)
            : found.OrderByDescending(static delivery => delivery.Id);
        return [.. ordered.Take(filter.Limit).Select(delivery => WithLastAttempt(connection, delivery))];
    }

    private static DeliveryTable[] Tables(DeliveryFilter filter) => filter.State switch
    {
        null => [DeliveryTable.Pending, DeliveryTable.Done],
        DeliveryState.Pending => [DeliveryTable.Pending],
        _ => [DeliveryTable.Done],
    };

    private static QueryText Select(DeliveryTable table, string index)
        => new($"SELECT {table.Columns} FROM {table.Name} d {index} {MessageJoin}");

    private static QueryText SelectReplayed(DeliveryTable table)
        => new($"SELECT {table.Columns} FROM {ReplayJoin} {table.Name} d ON d.id = r.delivery {MessageJoin}");

    // Said and not left to SQLite, which knows nothing of how many rows each way would lead through.
    private static string IndexFor(DeliveryTable table, DeliveryFilter filter) => (table == DeliveryTable.Done, filter) switch
    {
        (true, { EndpointNumber: not null, State: DeliveryState.Failed }) => "INDEXED BY webhook_done_failed_endpoint",
        (true, { State: DeliveryState.Failed }) => "INDEXED BY webhook_done_failed",
        (true, { EndpointNumber: not null }) => "INDEXED BY webhook_done_endpoint",
        (true, { Tenant.Length: > 0 }) => "INDEXED BY webhook_done_tenant",
        _ => "NOT INDEXED",
    };

    private static void Run(
        DatabaseConnection connection, DeliveryFilter filter, DeliveryTable table, QueryText query,
        List<DeliveryRecord> found)
    {
        query
            .Where("d.endpoint =", filter.EndpointNumber)
            .Where("d.tenant =", filter.Tenant)
            .Where("m.event_type =", filter.EventType)
            .Where(filter.OldestFirst ? "d.id >" : "d.id <", filter.After);
        if (filter.Tenant is { Length: > 0 })
            query.Where("d.tenant <> ''");
        if (filter.State == DeliveryState.Failed)
            query.Where("d.state = 2");
        else if (table == DeliveryTable.Done)
            query.Where("d.state =", (long?)filter.State);
        AddTimes(connection, filter, query);

        using var rows = query.Page("d.id", filter.OldestFirst, filter.Limit).Prepare(connection);
        while (rows.Step())
            found.Add(DeliveryTable.Read(rows));
    }

    private static void AddTimes(DatabaseConnection connection, DeliveryFilter filter, QueryText query)
    {
        if (filter.From is { } from)
        {
            var time = StoreTime.From(from);
            query.Where("d.created_at >=", time).Where("d.id >=", HourSearch.FirstDelivery(connection, time));
        }

        if (filter.Until is { } until)
        {
            var time = StoreTime.From(until);
            query.Where("d.created_at <", time).Where("d.id <=", HourSearch.LastDelivery(connection, time));
        }
    }

    private static long FirstDelivery(DatabaseConnection connection, long message, out long count)
    {
        count = 0;
        var row = connection.Prepare(FindMessageSql).Bind(1, message);
        if (!row.Step())
            return 0;
        (var first, count) = (row.Long(0), row.Long(1));
        row.Reset();
        return first;
    }

    private static DeliveryRecord WithLastAttempt(DatabaseConnection connection, DeliveryRecord delivery)
        => delivery.Attempts == 0 || delivery.LastAttempt is not null
            ? delivery
            : delivery with { LastAttempt = AttemptSearch.FindLast(connection, delivery.Id) };
}
