using Npgsql;

namespace Webhooks.Support;

/// <summary>The role of an application that may use the tables and create nothing, as operators set it up who deploy
/// the schema by hand.</summary>
internal static class ApplicationRole
{
    private const string Name = "webhooks_test_application";
    private const string Password = "webhooks";

    private const string Create =
        $"""
        DO $$ BEGIN
            CREATE ROLE {Name} LOGIN PASSWORD '{Password}';
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """;

    private const string Grant =
        $"""
        GRANT USAGE ON SCHEMA webhooks TO {Name};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA webhooks TO {Name};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA webhooks TO {Name};
        """;

    /// <summary>Makes the role on the database's server, where it isn't there yet.</summary>
    /// <returns>How it connects.</returns>
    public static async Task<string> CreateAsync(PostgresDatabase database)
    {
        await database.RunAsync(Create);
        return new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Username = Name,
            Password = Password,
        }.ConnectionString;
    }

    /// <summary>Runs the script as the database's owner, and gives the role what it needs.</summary>
    public static async Task DeployAsync(PostgresDatabase database)
    {
        await database.RunAsync(PostgreSqlSchema.Script());
        await database.RunAsync(Grant);
    }

    /// <summary>Takes a right back.</summary>
    public static Task RevokeAsync(PostgresDatabase database, string right)
        => database.RunAsync($"REVOKE {right} FROM {Name}");
}
