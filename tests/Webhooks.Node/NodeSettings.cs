using Microsoft.Extensions.Configuration;

namespace Webhooks.Node;

/// <summary>What this node is; the rest of the configuration is the library's own.</summary>
internal sealed record NodeSettings
{
    public required string Name { get; init; }

    public required int Parent { get; init; }

    public required int Seed { get; init; }

    /// <summary>The connection string of a SQLite file; null for PostgreSQL.</summary>
    public string? Sqlite { get; init; }

    /// <summary>How long SQLite waits for a lock; null for as long as usual.</summary>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary>The connection string of a PostgreSQL database; null for SQLite.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>What webhooks to a receiver are signed with; null for a node that isn't one.</summary>
    public string? Secret { get; init; }

    /// <summary>How long a receiver's webhook is claimed, where duplicates are dropped without an inbox; null for a
    /// receiver with an inbox.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>Whether the application's retry policy and observer throw.</summary>
    public bool Throws { get; init; }

    public static NodeSettings Read(IConfiguration configuration)
    {
        var node = configuration.GetSection("Node");
        return new NodeSettings
        {
            Name = node["Name"] ?? "node",
            Parent = int.Parse(node["Parent"] ?? "0", null),
            Seed = int.Parse(node["Seed"] ?? "0", null),
            Sqlite = node["Sqlite"],
            LockTimeout = node["LockTimeout"] is { } timeout ? TimeSpan.Parse(timeout, null) : null,
            PostgreSql = node["PostgreSql"],
            Secret = node["Secret"],
            HoldFor = node["HoldFor"] is { } hold ? TimeSpan.Parse(hold, null) : null,
            Throws = bool.Parse(node["Throws"] ?? "false"),
        };
    }
}
