namespace Webhooks;

/// <summary>Finds messages, page by page.</summary>
internal sealed class MessageFinder(Database database)
{
    private readonly NumberBounds _bounds = new(database.Sql);

    public async Task<IReadOnlyList<MessageRecord>> FindAsync(MessageFilter filter, CancellationToken cancellationToken)
    {
        var conditions = Conditions(filter);
        var limit = conditions.Parameter(Arg.Of(filter.Limit));
        var text = database.Sql.FindMessages
            .Replace("{conditions}", conditions.ToString(), StringComparison.Ordinal)
            .Replace("{payload}", filter.WithPayload ? "m.payload" : "NULL", StringComparison.Ordinal)
            .Replace("{direction}", filter.OldestFirst ? "ASC" : "DESC", StringComparison.Ordinal)
            .Replace("{limit}", limit, StringComparison.Ordinal);
        return await database.QueryAsync(
            text, conditions.Parameters, static row => MessageRow.Read(row, row.GetInt64(0), 1), cancellationToken)
            .ConfigureAwait(false);
    }

    private Conditions Conditions(MessageFilter filter)
    {
        var conditions = new Conditions();
        conditions.Add(filter.Id, static id => $"m.id = {id}");
        conditions.Add(filter.Tenant, static tenant => $"m.tenant = {tenant}");
        // Tells the planner that the tenants' index may be used.
        if (filter.Tenant is { Length: > 0 })
            conditions.Add("m.tenant <> ''");
        conditions.Add(filter.EventType, static type => $"m.event_type = {type}");
        conditions.Add(filter.After, after => $"m.number {(filter.OldestFirst ? '>' : '<')} {after}");
        conditions.Add(filter.From, time => $"m.created_at >= {time} AND m.number >= {_bounds.From(time)}");
        conditions.Add(filter.Until, time => $"m.created_at < {time} AND m.number < {_bounds.Until(time)}");
        return conditions;
    }
}
