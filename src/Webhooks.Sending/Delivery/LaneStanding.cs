namespace Webhooks;

/// <summary>What a lane's last attempt says of the next.</summary>
internal enum LaneStanding
{
    /// <summary>Nothing: none has ended yet.</summary>
    New = 0,

    /// <summary>It succeeded.</summary>
    Good,

    /// <summary>It failed.</summary>
    Failing,
}
