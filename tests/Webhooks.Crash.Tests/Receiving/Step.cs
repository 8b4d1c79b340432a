namespace Webhooks.Crash;

/// <summary>The last word of a node on a webhook that it handles.</summary>
internal enum Step
{
    /// <summary>Its handler has begun.</summary>
    Handling,

    /// <summary>The effect is written; where there is a transaction, in that.</summary>
    Affected,

    /// <summary>The mark is written in the effect's transaction.</summary>
    Marked,

    /// <summary>The handler is about to return, its transaction is committed.</summary>
    Handled,

    /// <summary>The handler threw.</summary>
    Failed,
}
