using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Stores;

namespace Webhooks.Tests;

/// <summary>A store on a file of its own, and short words for what tests do with it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly TemporaryDatabase? _owned;

    private TestStore(TemporaryDatabase database, bool ownsIt, Action<SqliteStoreOptions>? configure, TimeProvider? clock)
    {
        _owned = ownsIt ? database : null;
        Database = database;
        Options.ConnectionString = database.ConnectionString;
        configure?.Invoke(Options);
        Store = new SqliteStore(Options, clock ?? Clock, NullLogger.Instance);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TemporaryDatabase Database { get; }

    public SqliteStoreOptions Options { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public SqliteStore Store { get; }

    public static TestStore New(Action<SqliteStoreOptions>? configure = null)
        => new(new TemporaryDatabase(), ownsIt: true, configure, clock: null);

    public static TestStore On(
        TemporaryDatabase database, Action<SqliteStoreOptions>? configure = null, TimeProvider? clock = null)
        => new(database, ownsIt: false, configure, clock);

    public async Task<EndpointRecord> EndpointAsync(string tenant = "")
    {
        var endpoint = await Store.CreateEndpointAsync(Some.Endpoint(tenant), Cancel);
        Assert.NotNull(endpoint);
        return endpoint;
    }

    public async Task<long> RevisionAsync() => (await Store.ReadEndpointsAsync(0, Cancel)).Revision;

    public async Task<PublishBatch> BatchAsync(params NewMessage[] messages) => new(messages, await RevisionAsync());

    public async Task<StoredMessage> PublishAsync(NewMessage message)
        => Assert.Single((await Store.PublishAsync(await BatchAsync(message), Cancel)).Messages);

    public async Task<Claim> ClaimAsync(int maxCount = 1000)
    {
        var request = Request(maxCount);
        return new Claim(request.Lease, await Store.ClaimAsync(request, Cancel));
    }

    public static ClaimRequest Request(int maxCount) => new()
    {
        MaxCount = maxCount,
        DefaultEndpointLimit = 1000,
        LeaseDuration = TimeSpan.FromMinutes(1),
        Lease = Some.Lease(),
    };

    public static NewMessage Message(params EndpointRecord[] endpoints) => Message(Some.Message(), endpoints);

    public static NewMessage Message(MessageRecord message, params EndpointRecord[] endpoints)
        => new() { Message = message, Endpoints = [.. endpoints.Select(endpoint => endpoint.Number)] };

    public Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync()
        => Store.FindDeliveriesAsync(new DeliveryFilter { OldestFirst = true, Limit = 100_000 }, Cancel);

    /// <summary>Opens a connection as an application would.</summary>
    public SqliteConnection Connect(string more = ";Pooling=False")
    {
        var connection = new SqliteConnection(Database.ConnectionString + more);
        connection.Open();
        return connection;
    }

    /// <summary>Keeps the writer waiting until disposed of, so that what is asked of it meanwhile comes together.</summary>
    public SqliteTransaction Lock() => Connect().BeginTransaction(deferred: false);

    /// <summary>Asks a number of the database.</summary>
    public long Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), provider: null);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _owned?.Dispose();
    }
}
