using System.Globalization;

namespace Webhooks.Crash;

/// <summary>A test's database, the receivers that share it, and the provider that sends to them. Nothing of it outlives
/// the test.</summary>
internal sealed class InboxScene : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TestDatabase _database;
    private readonly List<Node> _nodes = [];

    private InboxScene(TestDatabase database)
    {
        _database = database;
        Options = new NodeOptions
        {
            Database = database.Setting,
            More = new Dictionary<string, string> { ["Node:Secret"] = Provider.Secret },
        };
    }

    public Provider Provider { get; } = new();

    public HandlingLedger Ledger { get; } = new();

    public Random Random { get; } = new(Rounds.Seed);

    public NodeOptions Options { get; set; }

    public static async Task<InboxScene> SetAsync(TestDatabase database)
    {
        var scene = new InboxScene(database);
        await database.CreateEffectsAsync();
        return scene;
    }

    /// <summary>A process that waits to be told to receive.</summary>
    public async Task<Node> SpareAsync()
    {
        var node = await Node.StartAsync(Options, Ledger, Random.Next());
        _nodes.Add(node);
        return node;
    }

    /// <summary>Waits until nothing is left to be handled, or nothing is handled for too long, and checks that nothing
    /// was given up.</summary>
    /// <returns>What the handlers wrote.</returns>
    public async Task<IReadOnlyList<Effect>> SettleAsync()
    {
        var (handledAt, handled) = (TimeProvider.System.GetTimestamp(), Ledger.Handled);
        await using var view = _database.ViewInbox();
        while ((await view.FindAsync(InboxState.Pending)).Count > 0
               && TimeProvider.System.GetElapsedTime(handledAt) < Patience)
        {
            if (Ledger.Handled != handled)
                (handledAt, handled) = (TimeProvider.System.GetTimestamp(), Ledger.Handled);
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Empty(await view.FindAsync(InboxState.Pending));
        Assert.Empty(await view.FindAsync(InboxState.DeadLetter));
        Assert.Empty(await view.FindAsync(InboxState.Cancelled));
        return await _database.ReadEffectsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            foreach (var node in _nodes)
                TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{node.Name}:\n{node.Errors}"));
        }

        foreach (var node in _nodes)
            await node.DisposeAsync();
        Provider.Dispose();
        await _database.DisposeAsync();
    }
}
