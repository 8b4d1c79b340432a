namespace Webhooks;

/// <summary>Finds the attempts of a delivery.</summary>
internal static class AttemptSearch
{
    private const string AllSql = $"""
        SELECT {AttemptColumns.Names} FROM webhook_attempts WHERE delivery = ?1
        UNION ALL
        SELECT {AttemptColumns.Names} FROM webhook_done WHERE id = ?1 AND number IS NOT NULL
        ORDER BY 1
        """;

    private const string LastSql = $"""
        SELECT {AttemptColumns.Names} FROM webhook_attempts WHERE delivery = ?1 ORDER BY number DESC LIMIT 1
        """;

    public static IReadOnlyList<AttemptRecord> FindAll(DatabaseConnection connection, long delivery)
    {
        var found = new List<AttemptRecord>();
        var rows = connection.Prepare(AllSql).Bind(1, delivery);
        while (rows.Step())
            found.Add(AttemptColumns.Read(rows, 0)!);
        return found;
    }

    /// <summary>The last attempt that isn't in the delivery's own row.</summary>
    public static AttemptRecord? FindLast(DatabaseConnection connection, long delivery)
    {
        var row = connection.Prepare(LastSql).Bind(1, delivery);
        if (!row.Step())
            return null;
        var attempt = AttemptColumns.Read(row, 0);
        row.Reset();
        return attempt;
    }
}
