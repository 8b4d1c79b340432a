using System.Globalization;

namespace Webhooks.Crash;

/// <summary>A test's database, receivers and nodes, and the ledger between them. Nothing of it outlives the
/// test.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const int QuietLooks = 20;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<Node> _nodes = [];

    private Scene(TestDatabase database, Sink sink)
    {
        Database = database;
        Sink = sink;
        Options = new NodeOptions { Database = database.Setting };
    }

    public TestDatabase Database { get; }

    public Sink Sink { get; }

    public Ledger Ledger { get; } = new();

    public Random Random { get; } = new(Rounds.Seed);

    public NodeOptions Options { get; set; }

    /// <summary>Opens a database with the library's schema and the endpoints that the sink has by then.</summary>
    public static async Task<Scene> SetAsync(TestDatabase database, Action<Sink> addEndpoints, int hosts = 1)
    {
        var sink = await Sink.StartAsync(hosts);
        addEndpoints(sink);
        var scene = new Scene(database, sink);
        await database.CreateOrdersAsync();
        return scene;
    }

    /// <summary>The endpoints of most tests: one that accepts, one that is slow, and one that often needs a
    /// retry.</summary>
    public static void ThreeKinds(Sink sink)
    {
        sink.Add("ep_ok", Answers.Ok);
        sink.Add("ep_slow", Answers.After(TimeSpan.FromMilliseconds(20)));
        sink.Add("ep_again", Answers.FailSomeFirst);
    }

    /// <summary>A process that waits to be told what to be.</summary>
    public async Task<Node> SpareAsync()
    {
        var node = await Node.StartAsync(Options, Ledger, Random.Next());
        lock (_nodes)
            _nodes.Add(node);
        return node;
    }

    public async Task<Node> StartAsync(Role role)
    {
        var node = await SpareAsync();
        await node.GoAsync(role);
        return node;
    }

    /// <summary>Has a node store the sink's endpoints.</summary>
    public async Task SubscribeAllAsync(Node node)
    {
        foreach (var endpoint in Sink.Endpoints)
            await node.SubscribeAsync(endpoint);
    }

    public Task PauseAsync(int fromMilliseconds, int toMilliseconds) => Task.Delay(
        TimeSpan.FromMilliseconds(Random.Next(fromMilliseconds, toMilliseconds)),
        TimeProvider.System,
        TestContext.Current.CancellationToken);

    /// <summary>Waits until nothing is owed any more, or nothing has arrived for too long.</summary>
    public async Task<Reckoning> SettleAsync(TimeSpan patience)
    {
        var (arrivedAt, attempts) = (TimeProvider.System.GetTimestamp(), Sink.Attempts);
        var quiet = 0;
        await using var view = Database.View();
        while (TimeProvider.System.GetElapsedTime(arrivedAt) < patience && quiet < QuietLooks)
        {
            // Whatever the machine has got behind with, it is given the time to catch up.
            if (Sink.Attempts != attempts)
                (arrivedAt, attempts) = (TimeProvider.System.GetTimestamp(), Sink.Attempts);

            // A publication that its caller gave up may be committed a moment later.
            var isQuiet = !Reckoning.Missing(Ledger, Sink).Any()
                && (await view.FindAsync(DeliveryState.Pending, 1)).Count == 0;
            quiet = isQuiet ? quiet + 1 : 0;
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return Reckoning.Of(Ledger, Sink);
    }

    /// <summary>What holds after everything: nothing lost, nothing invented, nothing left over, and the application's
    /// own rows and the messages are of one mind.</summary>
    public async Task CheckAsync(Reckoning reckoning)
    {
        Assert.Empty(reckoning.Lost);
        Assert.Empty(reckoning.Ghosts);
        Assert.Empty(reckoning.Halves);
        Assert.Equal(0, reckoning.Forged);
        Assert.True(reckoning.Published > 0, "Nothing was published.");
        await using var view = Database.View();
        Assert.Empty(await view.FindAsync(DeliveryState.Pending));
        Assert.Empty(await view.FindAsync(DeliveryState.Failed));
        Assert.Empty(await view.FindAsync(DeliveryState.Cancelled));
        var orders = await Database.ReadOrdersAsync();
        var arrived = Sink.Endpoints.First().Received;
        Assert.DoesNotContain(orders, order => !arrived.ContainsKey(order));
        Assert.DoesNotContain(
            Ledger.Messages,
            pair => pair.Value.Word == Word.Ordering && arrived.ContainsKey(pair.Key) && !orders.Contains(pair.Key));
    }

    /// <summary>What the nodes logged, for the report of a failure.</summary>
    public string Errors()
    {
        lock (_nodes)
            return string.Concat(_nodes.Select(node => string.Create(
                CultureInfo.InvariantCulture, $"{node.Name}:\n{node.Errors}")));
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(Errors());
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await Sink.DisposeAsync();
        await Database.DisposeAsync();
    }
}
