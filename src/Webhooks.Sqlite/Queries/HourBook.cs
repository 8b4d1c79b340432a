namespace Webhooks;

/// <summary>
/// Notes which numbers were given in which hour. A search by time then begins at the right number, without an index
/// that every message and delivery would have to be entered in; a clock that jumps only makes it begin too early.
/// </summary>
internal sealed class HourBook(DatabaseConnection connection)
{
    private const string NoteSql = """
        INSERT INTO webhook_hours (hour, first_message, last_message, first_delivery, last_delivery)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (hour) DO UPDATE SET
            first_message = min(first_message, ?2), last_message = max(last_message, ?3),
            first_delivery = min(first_delivery, ?4), last_delivery = max(last_delivery, ?5)
        """;

    private long _hour = -1;
    private long _firstMessage;
    private long _lastMessage;
    private long _firstDelivery;
    private long _lastDelivery;

    public static long HourOf(long time) => time / TimeSpan.TicksPerHour;

    /// <summary>Notes the numbers after the first two, up to the last two, which were given at a time.</summary>
    public void Note(long time, long messageBefore, long deliveryBefore, long lastMessage, long lastDelivery)
    {
        if (HourOf(time) != _hour)
        {
            Flush();
            (_hour, _firstMessage, _firstDelivery) = (HourOf(time), messageBefore + 1, deliveryBefore + 1);
        }

        (_lastMessage, _lastDelivery) = (lastMessage, lastDelivery);
    }

    public void Flush()
    {
        if (_hour < 0)
            return;
        connection.Prepare(NoteSql)
            .Bind(1, _hour)
            .Bind(2, _firstMessage)
            .Bind(3, _lastMessage)
            .Bind(4, _firstDelivery)
            .Bind(5, _lastDelivery)
            .Run();
        Clear();
    }

    public void Clear() => _hour = -1;
}
