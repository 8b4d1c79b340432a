namespace Webhooks;

/// <summary>Reads endpoints and their revision as they are at one moment.</summary>
internal static class EndpointReader
{
    public static EndpointChanges Read(DatabaseConnection connection, long revision)
    {
        var endpoints = new List<EndpointRecord>();
        var latest = connection.Prepare(EndpointSql.Revision).Scalar() ?? 0;
        var rows = connection.Prepare(EndpointSql.Read).Bind(1, revision);
        while (rows.Step())
            endpoints.Add(ReadRow(rows));
        return new EndpointChanges(latest, endpoints);
    }

    private static EndpointRecord ReadRow(Statement row) => new()
    {
        Number = row.Long(0),
        Id = row.Text(1),
        Tenant = row.Text(2),
        State = (EndpointState)row.Int(3),
        DisabledReason = row.TextOrNull(4),
        CreatedAt = StoreTime.To(row.Long(5)),
        UpdatedAt = StoreTime.To(row.Long(6)),
        Revision = row.Long(7),
        Settings = row.Blob(8),
    };
}
