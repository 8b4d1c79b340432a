namespace Webhooks.Simulation;

/// <summary>The processes that run now. One that ended is followed by another.</summary>
internal sealed class Processes(World world)
{
    private readonly List<Node> _running = [];
    private int _started;

    public IReadOnlyList<Node> Running => _running;

    public async Task StartAsync()
    {
        var node = new Node(world, ++_started);
        await node.StartAsync();
        _running.Add(node);
    }

    /// <summary>One that can be called now; waits for one if there is none.</summary>
    public async Task<Node> PickAsync(Random random)
    {
        while (true)
        {
            var callable = _running.FindAll(static node => node.Life.IsRunning);
            if (callable.Count > 0)
                return callable[random.Next(callable.Count)];

            await world.Time.DelayAsync(TimeSpan.FromSeconds(1));
        }
    }

    public void Kill(Node node)
    {
        _running.Remove(node);
        node.Kill();
    }

    public async Task ShutDownAsync(Node node, TimeSpan patience)
    {
        _running.Remove(node);
        await node.ShutDownAsync(patience);
    }
}
