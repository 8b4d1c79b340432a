namespace Webhooks;

/// <summary>
/// Forgets what is old enough. A reader looks for it along the deliveries' numbers, which grow with time, so that no
/// index of completion times is needed; then the writer deletes a batch of what was found and still is as it was.
/// </summary>
internal sealed class Purge(RetentionLimits limits, long now)
{
    private const long DeliveriesToLookAt = 100_000;

    private readonly long _failedBefore = StoreTime.Subtract(now, limits.Failed);
    private readonly long _succeededBefore = StoreTime.Subtract(now, limits.Succeeded);

    /// <summary>Finds deliveries after a number that are old enough.</summary>
    public PurgeFindings Find(DatabaseConnection connection, long after)
    {
        var end = HourSearch.LastDelivery(connection, Math.Max(_failedBefore, _succeededBefore));
        var first = connection.Prepare(PurgeSql.FirstDone).Bind(1, after).Scalar();
        if (first is null || first > end)
            return new PurgeFindings([], 0);

        var upTo = Math.Min(end, first.Value + DeliveriesToLookAt);
        var ids = new List<long>();
        var rows = connection.Prepare(PurgeSql.OldDone)
            .Bind(1, after)
            .Bind(2, upTo)
            .Bind(3, _failedBefore)
            .Bind(4, _succeededBefore)
            .Bind(5, limits.BatchSize);
        while (rows.Step())
            ids.Add(rows.Long(0));

        var next = ids.Count == limits.BatchSize ? ids[^1] : upTo;
        return new PurgeFindings(ids, next < end ? next : 0);
    }

    /// <summary>Deletes what was found, and what else is over.</summary>
    public PurgeResult Delete(WriteTransaction transaction, PurgeFindings findings)
    {
        var connection = transaction.Connection;
        var messages = new HashSet<long>();
        var deliveries = findings.Ids.Count(id => DeleteDelivery(connection, id, messages));
        var deleted = messages.Count(number => DeleteMessage(connection, number));
        var unwanted = FindUnwanted(connection, limits.BatchSize - deleted);
        deleted += unwanted.Count(number => DeleteMessage(connection, number));
        var keys = connection.Prepare(PurgeSql.DeleteKeys).Bind(1, now).Bind(2, limits.BatchSize).Change();
        var leftovers = CancelLeftovers(transaction);

        var hasMore = findings.Next > 0 || deleted >= limits.BatchSize || keys >= limits.BatchSize || leftovers;
        if (!hasMore)
            connection.Prepare(PurgeSql.DeleteHours).Bind(1, HourBook.HourOf(now)).Run();
        return new PurgeResult(deliveries, deleted, hasMore);
    }

    private bool DeleteDelivery(DatabaseConnection connection, long id, HashSet<long> messages)
    {
        var message = connection.Prepare(PurgeSql.DeleteDone)
            .Bind(1, id)
            .Bind(2, _failedBefore)
            .Bind(3, _succeededBefore)
            .Scalar();
        if (message is not { } number)
            return false;
        connection.Prepare(PurgeSql.DeleteAttempts).Bind(1, id).Run();
        connection.Prepare(PurgeSql.DeleteReplay).Bind(1, number).Bind(2, id).Run();
        messages.Add(number);
        return true;
    }

    private static bool DeleteMessage(DatabaseConnection connection, long number)
        => connection.Prepare(PurgeSql.DeleteMessage).Bind(1, number).Change() == 1;

    private List<long> FindUnwanted(DatabaseConnection connection, int limit)
    {
        var numbers = new List<long>();
        if (limit <= 0)
            return numbers;
        var rows = connection.Prepare(PurgeSql.UnwantedMessages).Bind(1, _succeededBefore).Bind(2, limit);
        while (rows.Step())
            numbers.Add(rows.Long(0));
        return numbers;
    }

    // A process that ended while it deleted an endpoint left deliveries that nobody would ever claim.
    private bool CancelLeftovers(WriteTransaction transaction)
        => transaction.Connection.Prepare(PurgeSql.DeletedLanes).Scalar() is { } endpoint
           && EndpointWriter.CancelPending(transaction, endpoint, limits.BatchSize) > 0;
}
