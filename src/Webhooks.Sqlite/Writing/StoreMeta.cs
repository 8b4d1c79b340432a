namespace Webhooks;

/// <summary>The store's counters as the transaction sees them.</summary>
internal record struct StoreMeta(long LastMessage, long LastDelivery, long EndpointRevision, long Pending)
{
    private const string Read =
        "SELECT last_message, last_delivery, endpoint_revision, pending FROM webhook_meta";

    private const string Write = """
        UPDATE webhook_meta
        SET last_message = ?1, last_delivery = ?2, endpoint_revision = ?3, pending = ?4
        """;

    public static StoreMeta Load(DatabaseConnection connection)
    {
        var statement = connection.Prepare(Read);
        if (!statement.Step())
            throw new InvalidOperationException("The table webhook_meta has lost its row: restore a backup.");
        var meta = new StoreMeta(statement.Long(0), statement.Long(1), statement.Long(2), statement.Long(3));
        statement.Reset();
        return meta;
    }

    public readonly void Save(DatabaseConnection connection) => connection.Prepare(Write)
        .Bind(1, LastMessage)
        .Bind(2, LastDelivery)
        .Bind(3, EndpointRevision)
        .Bind(4, Pending)
        .Run();
}
