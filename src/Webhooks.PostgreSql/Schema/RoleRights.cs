using Npgsql;

namespace Webhooks;

/// <summary>What the role that connects may do with the tables. Asked at the start: a right that is missing would else
/// be found by the first message, or by the first delivery.</summary>
internal static class RoleRights
{
    /// <summary>Makes sure that none is missing.</summary>
    /// <exception cref="InvalidOperationException">One is; the message names them and says what to do.</exception>
    public static async Task CheckAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var statements = Database.Plain(connection).Add(
            SqlText.Read("MissingRights", schema), Arg.Text(SchemaName.Quote(schema)));
        await using (statements.ConfigureAwait(false))
        {
            var missing = await Database.ReadAllAsync(
                statements, 0, static row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            if (missing.Count > 0)
                throw Refusal(schema, string.Join("; ", missing), null);
        }
    }

    /// <summary>What is said where a right is missing.</summary>
    public static InvalidOperationException Refusal(string schema, string missing, Exception? exception)
    {
        var quoted = SchemaName.Quote(schema);
        return new InvalidOperationException(
            $"This role may not use the schema '{schema}' as it has to, it lacks {missing}. As the tables' owner run "
                + $"GRANT USAGE ON SCHEMA {quoted} TO it; "
                + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {quoted} TO it; "
                + $"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {quoted} TO it, with its name.",
            exception);
    }
}
