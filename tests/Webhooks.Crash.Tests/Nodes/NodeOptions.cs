using System.Globalization;

namespace Webhooks.Crash;

/// <summary>How a node is started: arguments of tests/Webhooks.Node and keys of the library's configuration.</summary>
internal sealed record NodeOptions
{
    /// <summary>The database, as <c>Node:Sqlite</c> or <c>Node:PostgreSql</c>.</summary>
    public required KeyValuePair<string, string> Database { get; init; }

    /// <summary>The shortest lease that can be configured: nobody waits longer than that for a dead node's work.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    public int MaxAttempts { get; init; } = 1000;

    /// <summary>A pause as short as a receiver that is back at once deserves.</summary>
    public TimeSpan CircuitPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Further keys of the library's configuration.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    public IEnumerable<string> Arguments(string name, int seed)
    {
        var keys = new Dictionary<string, string>
        {
            ["Node:Name"] = name,
            ["Node:Parent"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            ["Node:Seed"] = seed.ToString(CultureInfo.InvariantCulture),
            [Database.Key] = Database.Value,
            ["Retry:Kind"] = "Fixed",
            ["Retry:BaseDelay"] = RetryDelay.ToString(),
            ["Retry:MaxAttempts"] = MaxAttempts.ToString(CultureInfo.InvariantCulture),
            ["Delivery:LeaseDuration"] = Lease.ToString(),
            ["Delivery:CircuitPause"] = CircuitPause.ToString(),
            ["Delivery:MaxCircuitPause"] = CircuitPause.ToString(),
        };
        foreach (var (key, value) in More)
            keys[key] = value;
        return keys.Select(pair => $"--{pair.Key}={pair.Value}");
    }
}
