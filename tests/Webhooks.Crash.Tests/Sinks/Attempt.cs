namespace Webhooks.Crash;

/// <summary>An attempt that arrived.</summary>
internal sealed record Attempt
{
    /// <summary>Of which message.</summary>
    public required string MessageId { get; init; }

    /// <summary>From which node.</summary>
    public required string Node { get; init; }

    /// <summary>When it was signed, by the node's clock, to the second.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>When it arrived, as a timestamp of the machine's clock.</summary>
    public required long ArrivedAt { get; init; }

    /// <summary>When its message was about to be published, by the same clock.</summary>
    public long PublishedAt { get; init; }

    /// <summary>The how manieth of its delivery the endpoint sees, from 1.</summary>
    public int Number { get; init; }
}
