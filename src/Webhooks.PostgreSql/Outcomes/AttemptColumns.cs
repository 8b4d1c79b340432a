using Npgsql;
using NpgsqlTypes;

namespace Webhooks;

/// <summary>Attempts as arrays, one for each column; null where no attempt was made.</summary>
internal static class AttemptColumns
{
    private const char Unknown = '\uFFFD';

    public static NpgsqlParameter[] Of(DeliveryOutcome[] outcomes) =>
    [
        Numbers<int>(outcomes, NpgsqlDbType.Integer, static attempt => attempt.Number),
        Arg.Times(Array.ConvertAll(outcomes, static outcome => outcome.Attempt?.StartedAt.UtcDateTime)),
        Numbers<long>(
            outcomes, NpgsqlDbType.Bigint, static attempt => attempt.Duration.Ticks / TimeSpan.TicksPerMicrosecond),
        Numbers<short>(outcomes, NpgsqlDbType.Smallint, static attempt => (short)attempt.Trigger),
        Numbers<short>(outcomes, NpgsqlDbType.Smallint, static attempt => (short)attempt.Error),
        Numbers<short>(outcomes, NpgsqlDbType.Smallint, static attempt => (short?)attempt.StatusCode),
        Texts(outcomes, static attempt => attempt.ErrorMessage),
        Texts(outcomes, static attempt => attempt.ResponseSnippet),
    ];

    public static AttemptRecord Read(NpgsqlDataReader row, int first) => new()
    {
        Number = row.GetInt32(first),
        StartedAt = row.Time(first + 1),
        Duration = TimeSpan.FromTicks(row.GetInt64(first + 2) * TimeSpan.TicksPerMicrosecond),
        Trigger = (AttemptTrigger)row.GetInt16(first + 3),
        Error = (WebhookErrorKind)row.GetInt16(first + 4),
        StatusCode = row.IsDBNull(first + 5) ? null : row.GetInt16(first + 5),
        ErrorMessage = row.TextOrNull(first + 6),
        ResponseSnippet = row.TextOrNull(first + 7),
    };

    private static NpgsqlParameter Numbers<T>(
        DeliveryOutcome[] outcomes, NpgsqlDbType type, Func<AttemptRecord, T?> value)
        where T : struct
        => Arg.Array(
            Array.ConvertAll(outcomes, outcome => outcome.Attempt is { } attempt ? value(attempt) : null), type);

    private static NpgsqlParameter Texts(DeliveryOutcome[] outcomes, Func<AttemptRecord, string?> value)
    {
        var texts = Array.ConvertAll(outcomes, outcome => outcome.Attempt is { } attempt ? Storable(value(attempt)) : null);
        return Arg.Texts(texts.Any(static text => text is not null) ? texts : null);
    }

    // The database has no NUL, and half a character can't be encoded. A receiver's odd answer must not keep the outcomes
    // that are written with it from being written.
    private static string? Storable(string? text)
    {
        if (text is null || !text.Any(static c => c == '\0' || char.IsSurrogate(c)))
            return text;

        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (i + 1 < characters.Length && char.IsSurrogatePair(characters[i], characters[i + 1]))
                i++;
            else if (characters[i] == '\0' || char.IsSurrogate(characters[i]))
                characters[i] = Unknown;
        }

        return new string(characters);
    }
}
