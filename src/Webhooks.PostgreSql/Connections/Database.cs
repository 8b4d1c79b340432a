using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Runs statements on connections that live.</summary>
internal sealed class Database(
    NpgsqlDataSource source, SqlText sql, bool prepare, TimeProvider time, ILogger logger)
{
    private const int MaxTries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);

    public SqlText Sql => sql;

    /// <summary>Does something on a connection. It may throw with the thing done or not.</summary>
    public async Task<T> RunAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
                return await work(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.IsLostConnection(exception))
        {
            // The others in the pool are as old as this one: they would fail one by one.
            source.Clear();
            throw;
        }
    }

    /// <summary>Does something in a transaction, and commits it.</summary>
    public Task<T> RunInTransactionAsync<T>(
        Func<NpgsqlTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        => RunAsync(
            async (connection, token) =>
            {
                var transaction = await connection.BeginTransactionAsync(token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var result = await work(transaction, token).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                    return result;
                }
            },
            cancellationToken);

    /// <summary>Does something that can be done twice, again if the connection or the transaction is lost.</summary>
    /// <param name="work">What to do; told whether it may have been done already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> RunAgainAsync<T>(
        Func<NpgsqlConnection, bool, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var maybeDone = false;
        for (var tried = 1; ; tried++)
        {
            try
            {
                var again = maybeDone;
                return await RunAsync((connection, token) => work(connection, again, token), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (tried < MaxTries && Failures.IsPassing(exception))
            {
                maybeDone |= !Failures.IsUndone(exception);
                logger.TryingAgain(exception, tried);
            }

            await Task.Delay(FirstPause * Math.Pow(2, tried - 1), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins statements of a transaction of their own that are run often.</summary>
    public Statements Prepared(NpgsqlConnection connection) => new(connection, null, prepare);

    /// <summary>The same for statements that a plan made for small tables would ruin; they come after one that has
    /// results.</summary>
    public Statements Planned(NpgsqlConnection connection) => Prepared(connection).Add(sql.Prelude);

    /// <summary>Begins statements that are run now and then, of a transaction of their own or of another.</summary>
    public static Statements Plain(NpgsqlConnection connection, NpgsqlTransaction? transaction = null)
        => new(connection, transaction, prepare: false);

    /// <summary>Runs one statement and reads its rows.</summary>
    public Task<List<T>> QueryAsync<T>(
        string text, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        => RunAsync(
            async (connection, token) =>
            {
                var statements = Plain(connection).Add(text, parameters);
                await using (statements.ConfigureAwait(false))
                    return await ReadAllAsync(statements, 0, read, token).ConfigureAwait(false);
            },
            cancellationToken);

    public static async Task<List<T>> ReadAllAsync<T>(
        Statements statements, int statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var reader = await statements.ReadAsync(statement, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                rows.Add(read(reader));
            // What follows may fail, and then nothing was done.
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
                // Nothing to read there.
            }

            return rows;
        }
    }
}
