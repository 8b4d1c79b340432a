namespace Webhooks.Benchmarks.Receiving;

/// <summary>What becomes of stored webhooks meanwhile.</summary>
internal enum InboxHandling
{
    /// <summary>They are only stored.</summary>
    None,

    /// <summary>A handler does nothing with each.</summary>
    Returns,

    /// <summary>A handler writes a row for each in a transaction of its own, and marks it as handled there.</summary>
    Marks,

    /// <summary>A handler writes a row for each in a transaction of the inbox's.</summary>
    Once,
}
