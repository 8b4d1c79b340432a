using Npgsql;

namespace Webhooks;

/// <summary>Stores messages with their deliveries, in one round trip.</summary>
internal sealed class MessageWriter(Database database, string channel)
{
    public async Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        // Read first: a batch that can't be read stores nothing.
        var columns = new MessageColumns(batch.Messages);
        if (!columns.IsKeyed)
        {
            try
            {
                return await PublishPlainAsync(batch, columns, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (IsHeld(batch, exception))
            {
                return PublishOutcome.Blocked;
            }
            catch (Exception exception) when (IsKnownId(exception) || Failures.IsPassing(exception))
            {
                // Whether a message is known already is asked only now, since hardly ever one is. After a lost
                // connection some may be those of the try before.
                var maybeDone = !IsKnownId(exception) && !Failures.IsUndone(exception);
                return await PublishCheckedAsync(batch, columns, maybeDone, cancellationToken).ConfigureAwait(false);
            }
        }

        return await PublishCheckedAsync(batch, columns, maybeDone: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same within the application's transaction, which nothing may make fail that can be foreseen.</summary>
    public Task<PublishOutcome> PublishAsync(
        PublishBatch batch, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var write = new CheckedWrite(database, batch, new MessageColumns(batch.Messages));
        return write.RunAsync(transaction.Connection!, transaction, channel, maybeDone: false, cancellationToken);
    }

    private Task<PublishOutcome> PublishPlainAsync(
        PublishBatch batch, MessageColumns columns, CancellationToken cancellationToken)
        => database.RunAsync(
            async (connection, token) =>
            {
                var statements = database.Prepared(connection);
                await using (statements.ConfigureAwait(false))
                {
                    var before = columns.AddLocks(statements, database.Sql, batch.MaxKeyWait);
                    statements.Add(
                        database.Sql.Publish,
                        [
                            Arg.Of(batch.EndpointRevision), .. columns.Messages(), .. columns.Deliveries(),
                            .. columns.Lease(batch.Lease),
                        ]);
                    if (batch.Notifies)
                        statements.Add(database.Sql.Notify, Arg.Text(channel));
                    var stored = await Database.ReadAllAsync(
                        statements, before, row => ToOutcome(batch, row), token).ConfigureAwait(false);
                    return stored[0];
                }
            },
            cancellationToken);

    private Task<PublishOutcome> PublishCheckedAsync(
        PublishBatch batch, MessageColumns columns, bool maybeDone, CancellationToken cancellationToken)
    {
        var write = new CheckedWrite(database, batch, columns);
        var notified = batch.Notifies ? channel : null;
        return database.RunAgainAsync(
            (connection, again, token) => WriteAsync(write, batch, connection, notified, maybeDone || again, token),
            cancellationToken);
    }

    private static async Task<PublishOutcome> WriteAsync(
        CheckedWrite write, PublishBatch batch, NpgsqlConnection connection, string? channel, bool maybeDone,
        CancellationToken cancellationToken)
    {
        try
        {
            return await write.RunAsync(connection, null, channel, maybeDone, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!maybeDone && IsHeld(batch, exception))
        {
            // Not after a try that may have stored it: then nobody may say that nothing was.
            return PublishOutcome.Blocked;
        }
    }

    private static bool IsHeld(PublishBatch batch, PostgresException exception)
        => batch.MaxKeyWait is not null && exception.SqlState == PostgresErrorCodes.LockNotAvailable;

    private static PublishOutcome ToOutcome(PublishBatch batch, NpgsqlDataReader row) => row.IsDBNull(0)
        ? PublishOutcome.Stale
        : new PublishOutcome
        {
            Messages = [.. batch.Messages.Select(static message =>
                new StoredMessage(message.Message.Id, message.Endpoints.Count, MessageDuplicate.None))],
            HasNotified = batch.Notifies,
            Leased = batch.Lease is null ? [] : DirectRows.Of(batch, row.GetFieldValue<long[]>(0), row.Time(1)),
        };

    private static bool IsKnownId(Exception exception)
        => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "messages_id_key" };
}
