using System.Globalization;
using System.Text;

namespace Webhooks;

/// <summary>The store's tables, for those who deploy them by hand.</summary>
public static class PostgreSqlSchema
{
    /// <summary>The steps that lead to the tables that this version of the library uses.</summary>
    internal const int Steps = 2;

    /// <summary>
    /// SQL that creates the tables, or brings those of an earlier version up to date; run again it does nothing. The role
    /// that runs it owns what it makes. An application's role then needs <c>USAGE</c> on the schema, <c>SELECT</c>,
    /// <c>INSERT</c>, <c>UPDATE</c> and <c>DELETE</c> on its tables and <c>USAGE</c> on its sequences.
    /// </summary>
    /// <param name="schemaName">The schema to make them in, see <see cref="PostgreSqlStoreOptions.Schema"/>.</param>
    /// <returns>A script in one transaction.</returns>
    /// <exception cref="ArgumentException">The name isn't allowed.</exception>
    public static string Script(string schemaName = SchemaName.Default)
    {
        ArgumentNullException.ThrowIfNull(schemaName);
        return $"BEGIN;\n{Body(schemaName)}COMMIT;\n";
    }

    /// <summary>The script without its transaction.</summary>
    internal static string Body(string schemaName)
    {
        var quoted = SchemaName.Quote(schemaName);
        var script = new StringBuilder(
            $"""
            SELECT pg_advisory_xact_lock({LockKey.Of(schemaName, "schema").ToString(CultureInfo.InvariantCulture)});
            DO $step$ BEGIN
            IF to_regnamespace('{quoted}') IS NULL THEN
            CREATE SCHEMA {quoted};
            END IF;
            IF to_regclass('{quoted}.version') IS NULL THEN
            CREATE TABLE {quoted}.version (step integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            END IF;
            END $step$;

            """);
        for (var step = 1; step <= Steps; step++)
        {
            script.Append(
                CultureInfo.InvariantCulture,
                $"""
                DO $step$ BEGIN
                IF NOT EXISTS (SELECT FROM {quoted}.version WHERE step = {step}) THEN
                {SqlText.Read($"Step{step}", schemaName)}
                INSERT INTO {quoted}.version (step) VALUES ({step});
                END IF;
                END $step$;

                """);
        }

        return script.ToString();
    }
}
