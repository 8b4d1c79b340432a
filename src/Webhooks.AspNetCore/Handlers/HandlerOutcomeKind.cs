namespace Webhooks;

/// <summary>What became of a webhook whose handlers didn't throw.</summary>
internal enum HandlerOutcomeKind
{
    /// <summary>Its handlers ran and returned.</summary>
    Handled,

    /// <summary>No handler wants it, which is fine.</summary>
    Ignored,

    /// <summary>No handler wants it, which is an error. Trying again won't help.</summary>
    Rejected,

    /// <summary>Its payload isn't what its handlers expect. Trying again won't help.</summary>
    Unreadable,
}
