namespace Webhooks.Tests;

/// <summary>The inbox in a SQLite file.</summary>
public sealed class SqliteInboxTests : StoredInboxTests
{
    private protected override Task<InboxDatabase> CreateDatabaseAsync()
        => Task.FromResult<InboxDatabase>(new SqliteInboxDatabase());
}
