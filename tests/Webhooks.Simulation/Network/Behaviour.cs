namespace Webhooks.Simulation;

/// <summary>What a receiver does with a request.</summary>
internal enum Behaviour
{
    /// <summary>Accepts it soon.</summary>
    Good = 0,

    /// <summary>Answers 500.</summary>
    Fails,

    /// <summary>Never answers.</summary>
    Hangs,

    /// <summary>Breaks the connection.</summary>
    Resets,

    /// <summary>Accepts it, but so late that many have given up.</summary>
    Slow,

    /// <summary>Answers 429 or 503 and says when to come back.</summary>
    Overloaded,

    /// <summary>Wants nothing more: 410.</summary>
    Gone,

    /// <summary>Now this, now that.</summary>
    Moody,
}
