using System.Text;

namespace Webhooks;

/// <summary>
/// The tables that the SQLite store needs, for those who create them by hand and set
/// <see cref="SqliteStoreOptions.MigrateSchema"/> to false. Otherwise the store does it.
/// </summary>
public static class SqliteSchema
{
    private static readonly SchemaStep[] AllSteps = [SchemaStep.Load(1), SchemaStep.Load(2)];

    /// <summary>The schema's version that this library works with.</summary>
    public static int Version => AllSteps.Length;

    /// <summary>The SQL that creates the tables with their usual names, from nothing.</summary>
    public static string Script { get; } = CreateScript();

    internal static IReadOnlyList<SchemaStep> Steps => AllSteps;

    /// <summary>Makes the SQL that creates the tables, or brings older ones up to date.</summary>
    /// <param name="tablePrefix">What the tables' names begin with; see
    /// <see cref="SqliteStoreOptions.TablePrefix"/>.</param>
    /// <param name="fromVersion">The version that is there, which <c>webhook_meta.schema_version</c> tells; 0 for
    /// none.</param>
    /// <returns>Statements that run in one transaction, to be run by a tool such as <c>sqlite3</c>. They fail without
    /// changing anything where the tables are there already.</returns>
    /// <exception cref="ArgumentException"><paramref name="tablePrefix"/> can't begin a table's name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fromVersion"/> is negative or greater than
    /// <see cref="Version"/>.</exception>
    public static string CreateScript(string tablePrefix = TableNames.UsualPrefix, int fromVersion = 0)
    {
        if (!TableNames.IsPrefix(tablePrefix))
            throw new ArgumentException(TableNames.PrefixRule, nameof(tablePrefix));
        ArgumentOutOfRangeException.ThrowIfNegative(fromVersion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromVersion, Version);

        var names = new TableNames(tablePrefix);
        var script = new StringBuilder("PRAGMA journal_mode = WAL;\nBEGIN IMMEDIATE;\n\n");
        foreach (var step in Steps.Skip(fromVersion))
            script.Append(names.Apply(step.Script)).Append('\n');
        return script.Append("COMMIT;\n").ToString();
    }
}
