using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Makes sure that the tables are those that this version of the library uses.</summary>
internal sealed class SchemaInstaller(Database database, PostgreSqlStoreOptions options, ILogger logger)
{
    private const int OldestServer = 14;

    /// <summary>Creates the tables or brings them up to date, if they aren't. Safe when many nodes do so at
    /// once.</summary>
    /// <exception cref="InvalidOperationException">They are newer than this version knows, or this role can't create
    /// or can't use them. The message says what to do.</exception>
    public Task InstallAsync(CancellationToken cancellationToken) => database.RunAgainAsync(
        async (connection, _, token) =>
        {
            if (connection.PostgreSqlVersion.Major < OldestServer)
            {
                throw new InvalidOperationException(
                    $"Webhooks need PostgreSQL {OldestServer} or later; this is {connection.PostgreSqlVersion}.");
            }

            var step = await ReadStepAsync(connection, token).ConfigureAwait(false);
            if (step > PostgreSqlSchema.Steps)
            {
                throw new InvalidOperationException(
                    $"The schema '{options.Schema}' is at step {step}, made by a later version of Webhooks.PostgreSql; "
                        + $"this one knows {PostgreSqlSchema.Steps} steps. Use the later version.");
            }

            if (step < PostgreSqlSchema.Steps)
                await UpdateAsync(connection, step, token).ConfigureAwait(false);
            await RoleRights.CheckAsync(connection, options.Schema, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task<int> ReadStepAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var statements = Database.Plain(connection).Add(
                $"SELECT coalesce(max(step), 0) FROM {SchemaName.Quote(options.Schema)}.version");
            await using (statements.ConfigureAwait(false))
            {
                var steps = await Database.ReadAllAsync(statements, 0, static row => row.GetInt32(0), cancellationToken)
                    .ConfigureAwait(false);
                return steps[0];
            }
        }
        catch (PostgresException exception) when (exception.SqlState
            is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw RoleRights.Refusal(options.Schema, $"a right ({exception.MessageText})", exception);
        }
    }

    private async Task UpdateAsync(NpgsqlConnection connection, int step, CancellationToken cancellationToken)
    {
        var advice = $"The schema '{options.Schema}' is at step {step} of {PostgreSqlSchema.Steps}: run what "
            + $"PostgreSqlSchema.Script(\"{options.Schema}\") returns, as a role that may create tables";
        if (!options.CreateSchema)
            throw new InvalidOperationException($"{advice}.");

        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var command = new NpgsqlCommand(PostgreSqlSchema.Body(options.Schema), connection, transaction);
                await using (command.ConfigureAwait(false))
                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new InvalidOperationException($"{advice}; this role may not.", exception);
        }

        logger.SchemaChanged(options.Schema, step, PostgreSqlSchema.Steps);
    }
}
