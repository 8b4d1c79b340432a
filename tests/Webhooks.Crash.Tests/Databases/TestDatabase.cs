using System.Data.Common;

namespace Webhooks.Crash;

/// <summary>The database of one test, with the nodes' own tables in it.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>How a node is told of it.</summary>
    public abstract KeyValuePair<string, string> Setting { get; }

    public abstract string Name { get; }

    public Task CreateOrdersAsync() => ExecuteAsync("create table orders (message text primary key)");

    public Task CreateEffectsAsync()
        => ExecuteAsync("create table effects (source text, webhook text, attempt integer, node text)");

    /// <summary>The messages whose orders were committed with them.</summary>
    public async Task<HashSet<string>> ReadOrdersAsync()
        => [.. await ReadAsync("select message from orders", reader => reader.GetString(0))];

    /// <summary>What handlers of webhooks wrote.</summary>
    public Task<List<Effect>> ReadEffectsAsync() => ReadAsync(
        "select source, webhook, attempt, node from effects",
        reader => new Effect(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3)));

    /// <summary>Whether one can write to it, or somebody keeps the only lock to himself.</summary>
    public virtual Task<bool> CanWriteAsync() => Task.FromResult(true);

    /// <summary>The library's store over this database, to look into it.</summary>
    public StoreView View() => new(Use);

    /// <summary>The library's inbox over this database, to look into it.</summary>
    public InboxView ViewInbox() => new(Use);

    public abstract ValueTask DisposeAsync();

    protected abstract TBuilder Use<TBuilder>(TBuilder builder)
        where TBuilder : IWebhookStoreBuilder;

    protected abstract Task<DbConnection> ConnectAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
