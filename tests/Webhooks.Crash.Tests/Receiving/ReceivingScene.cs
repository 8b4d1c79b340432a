using System.Globalization;

namespace Webhooks.Crash;

/// <summary>A test's database, the receivers that share it, and the provider that sends to them. Nothing of it outlives
/// the test.</summary>
internal sealed class ReceivingScene : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TestDatabase _database;
    private readonly List<Node> _nodes = [];

    private ReceivingScene(TestDatabase database, TimeSpan? holdFor)
    {
        _database = database;
        var keys = new Dictionary<string, string> { ["Node:Secret"] = Provider.Secret };
        if (holdFor is { } hold)
            keys["Node:HoldFor"] = hold.ToString();
        Options = new NodeOptions
        {
            Database = database.Setting,
            More = keys,
        };
    }

    public Provider Provider { get; } = new();

    public HandlingLedger Ledger { get; } = new();

    public Random Random { get; } = new(Rounds.Seed);

    public NodeOptions Options { get; set; }

    /// <param name="database">The database, empty.</param>
    /// <param name="holdFor">How long a dead receiver's webhooks stay claimed, where receivers have no inbox but drop
    /// duplicates; null where they have one.</param>
    public static async Task<ReceivingScene> SetAsync(TestDatabase database, TimeSpan? holdFor = null)
    {
        var scene = new ReceivingScene(database, holdFor);
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
        return await ReadEffectsAsync();
    }

    /// <summary>What the handlers wrote.</summary>
    public async Task<IReadOnlyList<Effect>> ReadEffectsAsync() => await _database.ReadEffectsAsync();

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
