using Npgsql;

namespace Webhooks;

/// <summary>Finds deliveries, page by page, pending and done ones together.</summary>
internal sealed class DeliveryFinder(Database database)
{
    private readonly NumberBounds _bounds = new(database.Sql);

    public async Task<IReadOnlyList<DeliveryRecord>> FindAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
    {
        var conditions = new Conditions();
        var limit = conditions.Parameter(Arg.Of(filter.Limit));
        AddConditions(conditions, filter);
        var direction = filter.OldestFirst ? "ASC" : "DESC";
        var text = database.Sql.FindDeliveries
            .Replace("{branches}", string.Join("\n    UNION ALL\n", Branches(filter)), StringComparison.Ordinal)
            .Replace("{conditions}", conditions.ToString(), StringComparison.Ordinal)
            .Replace("{direction}", direction, StringComparison.Ordinal)
            .Replace("{limit}", limit, StringComparison.Ordinal);
        return await database.QueryAsync(text, conditions.Parameters, Read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => await database.QueryAsync(
            database.Sql.FindAttempts, [Arg.Of(deliveryId)], static row => AttemptColumns.Read(row, 0), cancellationToken)
            .ConfigureAwait(false);

    private void AddConditions(Conditions conditions, DeliveryFilter filter)
    {
        conditions.Add(filter.MessageNumber, static number =>
            $"((d.id >= {number} << 20 AND d.id < ({number} + 1) << 20 AND d.message IS NULL) OR d.message = {number})");
        conditions.Add(filter.Tenant, static tenant => $"m.tenant = {tenant}");
        if (filter.Tenant is { Length: > 0 })
            conditions.Add("m.tenant <> ''");
        conditions.Add(filter.EventType, static type => $"m.event_type = {type}");
        conditions.Add(filter.After, after => $"d.id {(filter.OldestFirst ? '>' : '<')} {after}");
        conditions.Add(filter.From, time => $"d.created_at >= {time} AND d.id >= {_bounds.From(time)} << 20");
        conditions.Add(filter.Until, time => $"d.created_at < {time} AND d.id < {_bounds.Until(time)} << 20");
        conditions.Add(filter.EndpointNumber, static number => $"d.endpoint = {number}");
    }

    private IEnumerable<string> Branches(DeliveryFilter filter)
    {
        if (filter.State is null or DeliveryState.Pending)
        {
            foreach (var branch in Branches(filter, database.Sql.FindPending, database.Sql.Pending, ""))
                yield return branch;
        }

        if (filter.State is not DeliveryState.Pending)
        {
            var state = filter.State is { } known ? $" AND d.state = {(short)known}" : "";
            foreach (var branch in Branches(filter, database.Sql.FindDone, database.Sql.Done, state))
                yield return branch;
        }
    }

    private IEnumerable<string> Branches(DeliveryFilter filter, string text, string table, string more)
    {
        var direction = filter.OldestFirst ? "ASC" : "DESC";
        var messages = database.Sql.Messages;
        if (filter is { Tenant.Length: > 0, EndpointNumber: null, MessageNumber: null })
        {
            // By the tenant's messages, which have an index. The deliveries of each come in the messages' order; those
            // of replays don't, and there are few.
            var after = filter.After is null ? "" : $" AND m.number {(filter.OldestFirst ? ">=" : "<=")} {filter.After >> 20}";
            yield return Branch(
                text, $"{messages} m JOIN {table} d ON d.id >= m.number << 20 AND d.id < (m.number + 1) << 20",
                $" AND d.message IS NULL{after}{more}", $"m.number {direction}, d.id {direction}");
            yield return Branch(
                text, $"{table} d JOIN {messages} m ON m.number = d.message", $" AND d.message IS NOT NULL{more}",
                $"d.id {direction}");
            yield break;
        }

        var joined = filter.Tenant is null && filter.EventType is null
            ? $"{table} d"
            : $"{table} d JOIN {messages} m ON m.number = coalesce(d.message, d.id >> 20)";
        yield return Branch(text, joined, more, $"d.id {direction}");
    }

    private static string Branch(string text, string from, string more, string order) => text
        .Replace("{from}", from, StringComparison.Ordinal)
        .Replace("{conditions}", "{conditions}" + more, StringComparison.Ordinal)
        .Replace("{order}", order, StringComparison.Ordinal);

    private static DeliveryRecord Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        MessageNumber = row.GetInt64(1),
        MessageId = row.GetString(2),
        EventType = row.GetString(3),
        Tenant = row.GetString(4),
        EndpointNumber = row.GetInt64(5),
        State = (DeliveryState)row.GetInt16(6),
        Failure = (DeliveryFailure)row.GetInt16(7),
        CreatedAt = row.Time(8),
        DueAt = row.TimeOrNull(9),
        CompletedAt = row.TimeOrNull(10),
        Attempts = row.GetInt32(11),
        LastAttempt = row.IsDBNull(12) ? null : AttemptColumns.Read(row, 12),
    };
}
