namespace Webhooks;

/// <summary>One of the two tables that deliveries are in, read by the same columns.</summary>
internal sealed record DeliveryTable(string Name, string Columns)
{
    private const string Shared = "d.id, d.message, m.id, m.event_type, d.tenant, d.endpoint, d.created_at, d.attempts";

    private const int AttemptColumn = 12;

    public static readonly DeliveryTable Pending = new("webhook_pending", $"""
        {Shared}, 0, 0, CASE d.due WHEN 0 THEN coalesce(d.due_since, d.created_at) ELSE d.due END, NULL, NULL
        """);

    public static readonly DeliveryTable Done = new("webhook_done", $"""
        {Shared}, d.state, d.failure, NULL, d.completed_at,
        d.number, d.started_at, d.duration, d.asked_by, d.error, d.status_code, d.error_message, d.snippet
        """);

    /// <summary>Reads a row. The last attempt is left out where the row doesn't hold it.</summary>
    public static DeliveryRecord Read(Statement row) => new()
    {
        Id = row.Long(0),
        MessageNumber = row.Long(1),
        MessageId = row.Text(2),
        EventType = row.Text(3),
        Tenant = row.Text(4),
        EndpointNumber = row.Long(5),
        CreatedAt = StoreTime.To(row.Long(6)),
        Attempts = row.Int(7),
        State = (DeliveryState)row.Int(8),
        Failure = (DeliveryFailure)row.Int(9),
        DueAt = StoreTime.To(row.LongOrNull(10)),
        CompletedAt = StoreTime.To(row.LongOrNull(11)),
        LastAttempt = AttemptColumns.Read(row, AttemptColumn),
    };
}
