using System.Data.Common;

namespace Webhooks.Crash;

/// <summary>The database of one test, with the nodes' own table in it.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>How a node is told of it.</summary>
    public abstract KeyValuePair<string, string> Setting { get; }

    public abstract string Name { get; }

    public async Task CreateOrdersAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "create table orders (message text primary key)";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The messages whose orders were committed with them.</summary>
    public async Task<HashSet<string>> ReadOrdersAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select message from orders";
        await using var reader = await command.ExecuteReaderAsync();
        var orders = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            orders.Add(reader.GetString(0));
        return orders;
    }

    /// <summary>The library's store over this database, to look into it.</summary>
    public StoreView View() => new(Use);

    public abstract ValueTask DisposeAsync();

    protected abstract WebhookSenderBuilder Use(WebhookSenderBuilder builder);

    protected abstract Task<DbConnection> ConnectAsync();
}
