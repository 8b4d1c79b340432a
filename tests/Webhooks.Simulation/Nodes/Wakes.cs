namespace Webhooks.Simulation;

/// <summary>How nodes hear of each other, as a database's notifications would let them. Some get lost.</summary>
internal sealed class Wakes(Random random)
{
    private readonly List<(Node Node, Action Wake)> _listeners = [];

    public async Task ListenAsync(Node node, Action wake, CancellationToken cancellationToken)
    {
        _listeners.RemoveAll(static listener => listener.Node.Life.IsKilled);
        var listener = (node, wake);
        _listeners.Add(listener);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            _listeners.Remove(listener);
        }
    }

    public void Wake()
    {
        foreach (var (node, wake) in _listeners.ToArray())
        {
            if (random.Next(10) > 0)
                node.Life.WhenRunning(wake);
        }
    }
}
