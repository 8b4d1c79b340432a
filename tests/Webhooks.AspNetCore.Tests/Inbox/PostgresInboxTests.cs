namespace Webhooks.Tests;

/// <summary>The inbox on a PostgreSQL server.</summary>
public sealed class PostgresInboxTests : StoredInboxTests
{
    private protected override async Task<InboxDatabase> CreateDatabaseAsync()
        => new PostgresInboxDatabase(await PostgresDatabase.CreateAsync());
}
