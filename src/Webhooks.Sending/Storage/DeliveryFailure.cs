namespace Webhooks;

/// <summary>Why a delivery was given up.</summary>
public enum DeliveryFailure
{
    /// <summary>It wasn't.</summary>
    None = 0,

    /// <summary>The retry policy allowed no further attempt.</summary>
    RetriesExhausted = 1,

    /// <summary>The receiver wants no more: 410 Gone, or an obeyed <c>webhook-delivery</c> response header.</summary>
    EndedByReceiver = 2,

    /// <summary>The request can only ever fail, whenever it is tried.</summary>
    Unsendable = 3,

    /// <summary>The message expired before it was accepted.</summary>
    Expired = 4,

    /// <summary>The endpoint is gone, or can't be read from the store any more.</summary>
    EndpointUnusable = 5,

    /// <summary>The retry policy threw an exception.</summary>
    RetryPolicyThrew = 6,
}
