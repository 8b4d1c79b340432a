namespace Webhooks;

/// <summary>What became of a verified webhook whose duplicates are dropped.</summary>
internal enum DuplicateResult
{
    /// <summary>It is new.</summary>
    New,

    /// <summary>It was handled before: answered with success.</summary>
    Handled,

    /// <summary>It is being handled: answered 503.</summary>
    InProgress,

    /// <summary>The store couldn't be asked: answered 503.</summary>
    Unknown,

    /// <summary>A new one was handled, and that is remembered.</summary>
    Completed,

    /// <summary>A new one wasn't handled, and whoever sends it again has it handled.</summary>
    Released,

    /// <summary>A new one was handled for so long that somebody else has begun to handle it too.</summary>
    Lost,

    /// <summary>What became of a new one couldn't be noted.</summary>
    Unsettled,
}
