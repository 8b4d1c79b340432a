using Npgsql;

namespace Webhooks;

/// <summary>A leased delivery as it comes from the database: its message may come with another one.</summary>
internal sealed record LeasedRow(
    long Id, long Endpoint, int Attempts, int Tries, DateTimeOffset? FirstTryAt, AttemptTrigger Trigger, bool IsOrdered,
    long Rank, long Message)
{
    public const int Columns = 9;

    public static LeasedRow Read(NpgsqlDataReader row, int first) => new(
        row.GetInt64(first),
        row.GetInt64(first + 1),
        row.GetInt32(first + 2),
        row.GetInt32(first + 3),
        row.TimeOrNull(first + 4),
        (AttemptTrigger)row.GetInt16(first + 5),
        row.GetBoolean(first + 6),
        row.GetInt64(first + 7),
        row.GetInt64(first + 8));

    public LeasedDelivery With(MessageRecord message) => new()
    {
        Id = Id,
        EndpointNumber = Endpoint,
        Message = message,
        Attempts = Attempts,
        Tries = Tries,
        FirstTryAt = FirstTryAt,
        Trigger = Trigger,
        IsOrdered = IsOrdered,
    };
}
