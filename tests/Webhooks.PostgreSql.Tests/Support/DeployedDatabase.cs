using Npgsql;

namespace Webhooks.Support;

/// <summary>A database of its own whose schema was deployed by hand, reached by a role that may create nothing
/// there.</summary>
internal sealed class DeployedDatabase : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly string _role;
    private readonly List<NpgsqlDataSource> _sources = [];

    private DeployedDatabase(PostgresDatabase database, string role) => (_database, _role) = (database, role);

    /// <summary>How a store that may create nothing is opened.</summary>
    public static PostgreSqlStoreOptions Options => new() { CreateSchema = false };

    /// <summary>The first connections that were opened.</summary>
    public NpgsqlDataSource First => _sources[0];

    public static async Task<DeployedDatabase> CreateAsync()
    {
        var database = await PostgresDatabase.CreateAsync();
        var role = await ApplicationRole.CreateAsync(database);
        await ApplicationRole.DeployAsync(database);
        return new DeployedDatabase(database, role);
    }

    public Task RunAsync(string sql) => _database.RunAsync(sql);

    /// <summary>Opens connections by the role.</summary>
    public NpgsqlDataSource Open()
    {
        var source = NpgsqlDataSource.Create(_role);
        _sources.Add(source);
        return source;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
