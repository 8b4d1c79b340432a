namespace Webhooks;

/// <summary>Writes endpoints, and how they fare, within a transaction.</summary>
internal static class EndpointWriter
{
    public static EndpointRecord? Create(WriteTransaction transaction, EndpointRecord endpoint)
    {
        var now = transaction.Now;
        var revision = transaction.EndpointRevision + 1;
        var number = transaction.Connection.Prepare(EndpointSql.Insert)
            .Bind(1, endpoint.Id)
            .Bind(2, endpoint.Tenant)
            .Bind(3, (long)endpoint.State)
            .Bind(4, endpoint.DisabledReason)
            .Bind(5, now)
            .Bind(6, revision)
            .Bind(7, endpoint.Settings.Span)
            .Scalar();
        if (number is null)
            return null;

        transaction.NextRevision();
        var time = StoreTime.To(now);
        return endpoint with { Number = number.Value, CreatedAt = time, UpdatedAt = time, Revision = revision };
    }

    public static EndpointRecord? Update(WriteTransaction transaction, EndpointRecord endpoint)
    {
        var found = transaction.Connection.Prepare(EndpointSql.Find).Bind(1, endpoint.Number);
        if (!found.Step())
            return null;
        var (id, tenant, createdAt, revision) = (found.Text(0), found.Text(1), found.Long(2), found.Long(3));
        found.Reset();
        if (revision != endpoint.Revision)
            return null;

        var now = transaction.Now;
        var next = transaction.NextRevision();
        transaction.Connection.Prepare(EndpointSql.Update)
            .Bind(1, endpoint.Number)
            .Bind(2, (long)endpoint.State)
            .Bind(3, endpoint.DisabledReason)
            .Bind(4, now)
            .Bind(5, next)
            .Bind(6, endpoint.Settings.Span)
            .Run();
        if (endpoint.State == EndpointState.Enabled)
            transaction.Lanes.Lower(endpoint.Number, StoreTime.AtOnce);
        return endpoint with
        {
            Id = id,
            Tenant = tenant,
            CreatedAt = StoreTime.To(createdAt),
            UpdatedAt = StoreTime.To(now),
            Revision = next,
        };
    }

    /// <summary>Cancels some of what is pending for a deleted endpoint, and says how many. With the last of them the
    /// endpoint's other traces go.</summary>
    public static int CancelPending(WriteTransaction transaction, long endpoint, int limit)
    {
        var ids = new List<long>();
        var rows = transaction.Connection.Prepare(EndpointSql.PendingOf).Bind(1, endpoint).Bind(2, limit);
        while (rows.Step())
            ids.Add(rows.Long(0));

        var cancelled = Redelivery.Cancel(transaction, ids);
        if (ids.Count < limit)
        {
            transaction.Lanes.Remove(endpoint);
            MarkHealthy(transaction, endpoint);
        }

        return cancelled;
    }

    public static TimeSpan MarkFailing(WriteTransaction transaction, long endpoint)
    {
        var now = transaction.Now;
        transaction.Connection.Prepare(EndpointSql.AddFailing).Bind(1, endpoint).Bind(2, now).Run();
        var since = transaction.Connection.Prepare(EndpointSql.FailingSince).Bind(1, endpoint).Scalar() ?? now;
        return TimeSpan.FromTicks(Math.Max(0, now - since));
    }

    public static bool MarkHealthy(WriteTransaction transaction, long endpoint)
        => transaction.Connection.Prepare(EndpointSql.RemoveFailing).Bind(1, endpoint).Change() > 0;
}
