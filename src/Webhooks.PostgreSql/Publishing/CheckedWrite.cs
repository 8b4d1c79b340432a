using System.Buffers.Binary;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks;

/// <summary>One batch whose messages may be duplicates, of stored ones or of each other.</summary>
internal sealed class CheckedWrite(Database database, PublishBatch batch, MessageColumns columns)
{
    // Names whoever took an idempotency key: a message of the same id may have come and gone before.
    private readonly long _publication = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private readonly List<List<int>> _rounds = Rounds(batch.Messages);

    // Of messages that are told apart by their ids. Where a batch has one twice, which hardly ever happens, all is claimed.
    private DirectLease? Lease => _rounds.Count == 1 ? batch.Lease : null;

    /// <summary>Stores what is new.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="transaction">The application's transaction; null for one of its own.</param>
    /// <param name="channel">Whom to notify when it commits; null for nobody.</param>
    /// <param name="maybeDone">Whether an earlier try may have stored the batch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PublishOutcome> RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string? channel, bool maybeDone,
        CancellationToken cancellationToken)
    {
        var statements = transaction is null ? database.Prepared(connection) : Database.Plain(connection, transaction);
        await using (statements.ConfigureAwait(false))
        {
            var results = Fill(statements);
            if (channel is not null)
                statements.Add(database.Sql.Notify, Arg.Text(channel));
            var reader = await statements.ReadAsync(results, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                return await ReadAsync(reader, maybeDone, cancellationToken).ConfigureAwait(false);
        }
    }

    // Returns which statement is the first whose results count.
    private int Fill(Statements statements)
    {
        var sql = database.Sql;
        var locks = columns.AddLocks(statements, sql, batch.MaxKeyWait);
        statements.Add(sql.PublishBegin, Arg.Of(batch.EndpointRevision));
        foreach (var round in _rounds)
        {
            var part = new MessageColumns(round.Select(place => batch.Messages[place]));
            if (part.IsKeyed)
                statements.Add(sql.PublishKeys, KeyParameters(round));
            statements.Add(
                sql.PublishChecked,
                [Arg.Of(_publication), .. part.Messages(), .. part.Deliveries(), .. part.Lease(Lease)]);
        }

        statements.Add(sql.PublishResult, columns.Ids(), columns.Tenants(), columns.Keys());
        if (Lease is { } lease)
            statements.Add(sql.PublishLeased, columns.Ids(), Arg.Of(lease.Lease));
        statements.Add(sql.PublishEnd);
        return locks + 1;
    }

    private NpgsqlParameter[] KeyParameters(List<int> round)
    {
        NewMessage[] keyed =
        [
            .. round.Select(place => batch.Messages[place])
                .Where(static message => message.Message.IdempotencyKey is not null),
        ];
        return
        [
            Arg.Of(_publication),
            Arg.Texts(Array.ConvertAll(keyed, static message => message.Message.Id)),
            Arg.Texts(Array.ConvertAll(keyed, static message => message.Message.Tenant)),
            Arg.Texts(Array.ConvertAll(keyed, static message => message.Message.IdempotencyKey)),
            Arg.Of(Array.ConvertAll(keyed, static message => message.Endpoints.Count)),
            Arg.Array(Array.ConvertAll(keyed, static message => message.IdempotencyWindow), NpgsqlDbType.Interval),
        ];
    }

    private async Task<PublishOutcome> ReadAsync(
        NpgsqlDataReader reader, bool maybeDone, CancellationToken cancellationToken)
    {
        var isNew = new bool[batch.Messages.Count];
        foreach (var round in _rounds)
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                isNew[round[reader.GetInt32(0) - 1]] = true;
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        var messages = new List<StoredMessage>(batch.Messages.Count);
        var isFresh = true;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            isFresh &= reader.GetBoolean(0);
            var place = messages.Count;
            var isOurs = isNew[place] || (maybeDone && place == FirstOfId(place));
            messages.Add(Judge(batch.Messages[place], isNew[place], isOurs, reader));
        }

        var leased = Lease is null ? [] : await ReadLeasedAsync(reader, cancellationToken).ConfigureAwait(false);
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
            // What follows returns nothing to read, but may fail.
        }

        return isFresh
            ? new PublishOutcome { Messages = messages, HasNotified = batch.Notifies, Leased = leased }
            : PublishOutcome.Stale;
    }

    private async Task<List<LeasedDelivery>> ReadLeasedAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return await DirectRows.ReadAsync(reader, batch, cancellationToken).ConfigureAwait(false);
    }

    // After a lost connection, a message of the same id is most likely the one that the try before has stored.
    private static StoredMessage Judge(NewMessage message, bool isNew, bool isOurs, NpgsqlDataReader row)
    {
        var id = message.Message.Id;
        if (isNew)
            return new StoredMessage(id, message.Endpoints.Count, MessageDuplicate.None);
        if (!row.IsDBNull(1) && row.GetBoolean(1))
            return new StoredMessage(id, row.GetInt32(2), isOurs ? MessageDuplicate.None : MessageDuplicate.SameId);
        if (!row.IsDBNull(3))
            return new StoredMessage(row.GetString(3), row.GetInt32(4), MessageDuplicate.SameIdempotencyKey);
        return new StoredMessage(id, 0, MessageDuplicate.IdTaken);
    }

    private int FirstOfId(int place)
    {
        for (var i = 0; i < place; i++)
        {
            if (batch.Messages[i].Message.Id == batch.Messages[place].Message.Id)
                return i;
        }

        return place;
    }

    /// <summary>Parts the batch so that of equal ids or keys each has its own round: what comes later sees what came
    /// before.</summary>
    private static List<List<int>> Rounds(IReadOnlyList<NewMessage> messages)
    {
        var rounds = new List<List<int>>();
        var seen = new Dictionary<(string, string?), int>();
        for (var place = 0; place < messages.Count; place++)
        {
            var message = messages[place].Message;
            (string, string?) id = (message.Id, null);
            var key = message.IdempotencyKey is { } text ? (message.Tenant, text) : id;
            var round = Math.Max(seen.GetValueOrDefault(id), seen.GetValueOrDefault(key));
            seen[id] = seen[key] = round + 1;
            if (round == rounds.Count)
                rounds.Add([]);
            rounds[round].Add(place);
        }

        return rounds;
    }
}
