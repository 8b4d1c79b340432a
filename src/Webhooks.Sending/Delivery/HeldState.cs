namespace Webhooks;

/// <summary>Where a delivery stands that this node holds.</summary>
internal enum HeldState
{
    /// <summary>In its lane, not begun.</summary>
    Waiting = 0,

    /// <summary>Being attempted.</summary>
    Running,

    /// <summary>Attempted; its outcome is to be written.</summary>
    Done,

    /// <summary>Not held any more; whoever still has it forgets it.</summary>
    Gone,
}
