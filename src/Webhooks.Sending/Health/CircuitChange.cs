namespace Webhooks;

/// <summary>What an attempt did to its endpoint's circuit.</summary>
internal enum CircuitChange
{
    /// <summary>It stays open or closed, as it was.</summary>
    None = 0,

    /// <summary>The endpoint is left alone from now on.</summary>
    Opened,

    /// <summary>The endpoint gets its messages again.</summary>
    Closed,
}
