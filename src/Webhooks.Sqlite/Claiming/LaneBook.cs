namespace Webhooks;

/// <summary>
/// Keeps for each endpoint with pending deliveries when to look at them next: never later than one can be claimed, or
/// it would be forgotten. So whatever makes a delivery due, or frees it, lowers the time; only a claim that has seen
/// everything raises it. An endpoint that waits for its retries then costs a claim nothing.
/// </summary>
internal sealed class LaneBook(DatabaseConnection connection)
{
    private const string LowerSql = """
        INSERT INTO webhook_lanes (endpoint, look_at, next_due) VALUES (?1, ?2, ?2)
        ON CONFLICT (endpoint) DO UPDATE SET look_at = min(look_at, ?2), next_due = min(next_due, ?2)
        WHERE look_at > ?2 OR next_due > ?2
        """;

    private const string AwaitSql = """
        INSERT INTO webhook_lanes (endpoint, look_at, next_due) VALUES (?1, ?2, ?3)
        ON CONFLICT (endpoint) DO UPDATE SET look_at = ?2 WHERE look_at > ?2
        """;

    private const string RaiseSql = "UPDATE webhook_lanes SET look_at = ?2, next_due = ?3 WHERE endpoint = ?1";
    private const string RemoveSql = "DELETE FROM webhook_lanes WHERE endpoint = ?1";

    // What was lowered in this transaction already.
    private readonly Dictionary<long, long> _known = [];

    /// <summary>Says that a delivery of the endpoint can be claimed from a time on.</summary>
    public void Lower(long endpoint, long time)
    {
        if (_known.TryGetValue(endpoint, out var known) && known <= time)
            return;
        connection.Prepare(LowerSql).Bind(1, endpoint).Bind(2, time).Run();
        _known[endpoint] = time;
    }

    /// <summary>Says that a delivery of the endpoint is held until a time, and can be claimed then.</summary>
    public void Await(long endpoint, long leaseEnd)
    {
        if (!_known.TryGetValue(endpoint, out var known) || known > leaseEnd)
            connection.Prepare(AwaitSql).Bind(1, endpoint).Bind(2, leaseEnd).Bind(3, StoreTime.Never).Run();
    }

    /// <summary>Says that none of the endpoint's deliveries can be claimed before a time.</summary>
    public void Raise(long endpoint, long lookAt, long nextDue)
    {
        _known.Remove(endpoint);
        connection.Prepare(RaiseSql).Bind(1, endpoint).Bind(2, lookAt).Bind(3, nextDue).Run();
    }

    /// <summary>Says that the endpoint has no deliveries that could ever be claimed as they are.</summary>
    public void Remove(long endpoint)
    {
        _known.Remove(endpoint);
        connection.Prepare(RemoveSql).Bind(1, endpoint).Run();
    }

    public void Clear() => _known.Clear();
}
