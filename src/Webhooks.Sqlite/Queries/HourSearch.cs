namespace Webhooks;

/// <summary>Turns times into the numbers that were given then, or a few more: the rows' own times still decide.</summary>
internal static class HourSearch
{
    private const string FirstMessageSql = "SELECT min(first_message) FROM webhook_hours WHERE hour >= ?1";
    private const string LastMessageSql = "SELECT max(last_message) FROM webhook_hours WHERE hour <= ?1";
    private const string FirstDeliverySql = "SELECT min(first_delivery) FROM webhook_hours WHERE hour >= ?1";
    private const string LastDeliverySql = "SELECT max(last_delivery) FROM webhook_hours WHERE hour <= ?1";

    /// <summary>The least number of a message stored at the time or later.</summary>
    public static long FirstMessage(DatabaseConnection connection, long time)
        => Find(connection, FirstMessageSql, time) ?? long.MaxValue;

    /// <summary>The greatest number of a message stored before the time.</summary>
    public static long LastMessage(DatabaseConnection connection, long time)
        => Find(connection, LastMessageSql, time) ?? 0;

    /// <summary>The least number of a delivery stored at the time or later.</summary>
    public static long FirstDelivery(DatabaseConnection connection, long time)
        => Find(connection, FirstDeliverySql, time) ?? long.MaxValue;

    /// <summary>The greatest number of a delivery stored before the time.</summary>
    public static long LastDelivery(DatabaseConnection connection, long time)
        => Find(connection, LastDeliverySql, time) ?? 0;

    private static long? Find(DatabaseConnection connection, string sql, long time)
        => connection.Prepare(sql).Bind(1, HourBook.HourOf(time)).Scalar();
}
