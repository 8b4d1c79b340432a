namespace Webhooks.Crash;

/// <summary>The last word of a node on a message.</summary>
internal enum Word
{
    /// <summary>It is about to publish it; nobody knows how far it got.</summary>
    Began,

    /// <summary>The same, in a transaction with an order: if the order is there, so is the message.</summary>
    Ordering,

    /// <summary>Publishing returned: it has to be delivered.</summary>
    Accepted,

    /// <summary>It publishes it in a transaction that is rolled back: it must never be delivered.</summary>
    Doomed,

    /// <summary>Publishing threw: it may be stored or not.</summary>
    Refused,
}
