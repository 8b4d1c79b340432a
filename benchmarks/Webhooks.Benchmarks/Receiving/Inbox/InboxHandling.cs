namespace Webhooks.Benchmarks.Receiving;

/// <summary>What becomes of stored webhooks meanwhile.</summary>
internal enum InboxHandling
{
    /// <summary>They are only stored.</summary>
    None,

    /// <summary>A handler does nothing with each.</summary>
    Returns,

    /// <summary>A handler writes a row for each, in one transaction with the mark that it is handled.</summary>
    Marks,
}
