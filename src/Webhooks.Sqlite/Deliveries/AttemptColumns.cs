namespace Webhooks;

/// <summary>Writes and reads the eight columns that hold an attempt, in their order.</summary>
internal static class AttemptColumns
{
    public const string Names =
        "number, started_at, duration, asked_by, error, status_code, error_message, snippet";

    private const int Count = 8;

    /// <summary>Binds an attempt to the parameters from one on; none makes them null.</summary>
    public static Statement Bind(Statement statement, int first, AttemptRecord? attempt)
    {
        if (attempt is null)
        {
            for (var i = 0; i < Count; i++)
                statement.BindNull(first + i);
            return statement;
        }

        return statement
            .Bind(first, attempt.Number)
            .Bind(first + 1, StoreTime.From(attempt.StartedAt))
            .Bind(first + 2, attempt.Duration.Ticks)
            .Bind(first + 3, (long)attempt.Trigger)
            .Bind(first + 4, (long)attempt.Error)
            .Bind(first + 5, attempt.StatusCode)
            .Bind(first + 6, attempt.ErrorMessage)
            .Bind(first + 7, attempt.ResponseSnippet);
    }

    /// <summary>Reads an attempt from the columns from one on; null if they are.</summary>
    public static AttemptRecord? Read(Statement row, int first) => row.IsNull(first)
        ? null
        : new AttemptRecord
        {
            Number = row.Int(first),
            StartedAt = StoreTime.To(row.Long(first + 1)),
            Duration = TimeSpan.FromTicks(row.Long(first + 2)),
            Trigger = (AttemptTrigger)row.Int(first + 3),
            Error = (WebhookErrorKind)row.Int(first + 4),
            StatusCode = (int?)row.LongOrNull(first + 5),
            ErrorMessage = row.TextOrNull(first + 6),
            ResponseSnippet = row.TextOrNull(first + 7),
        };
}
