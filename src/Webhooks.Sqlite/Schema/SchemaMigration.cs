using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Brings a database's schema up to date, one step after the other, all in one transaction: of many processes that
/// start together the first does the work, and the others wait for its lock and find it done.
/// </summary>
internal sealed class SchemaMigration(IReadOnlyList<SchemaStep> steps, bool mayMigrate, ILogger logger)
{
    private const string HasMeta = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'webhook_meta'";
    private const string GetVersion = "SELECT schema_version FROM webhook_meta";

    /// <summary>Checks the version, and runs the steps that are missing. Throws what SQLite throws when the lock can't
    /// be had.</summary>
    public void Run(DatabaseConnection connection)
    {
        if (!IsCurrent(connection))
            Migrate(connection);
    }

    /// <summary>Whether the webhooks' tables are there at all, of whatever version.</summary>
    public static bool HasTables(DatabaseConnection connection) => VersionOf(connection) > 0;

    private bool IsCurrent(DatabaseConnection connection)
    {
        var version = VersionOf(connection);
        if (version > steps.Count)
        {
            throw new InvalidOperationException(
                $"The SQLite database has version {version} of the webhooks' tables, but this version of the library "
                    + $"knows only {steps.Count}: update the library in this application.");
        }

        return version == steps.Count;
    }

    private void Migrate(DatabaseConnection connection)
    {
        connection.RunScript("BEGIN IMMEDIATE");
        try
        {
            if (!IsCurrent(connection))
                RunSteps(connection, VersionOf(connection));
            connection.RunScript("COMMIT");
        }
        finally
        {
            connection.Abandon();
        }
    }

    private void RunSteps(DatabaseConnection connection, int from)
    {
        if (!mayMigrate)
        {
            throw new InvalidOperationException(
                $"The SQLite database has version {from} of the webhooks' tables and version {steps.Count} is needed. "
                    + "Run the script of SqliteSchema.CreateScript, or set MigrateSchema.");
        }

        foreach (var step in steps.Skip(from))
        {
            connection.RunScript(step.Script);
            logger.SchemaStepApplied(step.Version);
        }
    }

    private static int VersionOf(DatabaseConnection connection)
    {
        using var exists = connection.PrepareOnce(HasMeta);
        if (exists.Scalar() == 0)
            return 0;
        using var version = connection.PrepareOnce(GetVersion);
        return (int)(version.Scalar() ?? 0);
    }
}
