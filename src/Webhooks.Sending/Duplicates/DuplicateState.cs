namespace Webhooks;

/// <summary>What a store knows of a webhook when it comes.</summary>
public enum DuplicateState
{
    /// <summary>Nobody has handled it, nobody is handling it, and it is now held for whoever asked.</summary>
    New,

    /// <summary>Somebody holds it and may be handling it.</summary>
    InProgress,

    /// <summary>It was handled.</summary>
    Handled,
}
