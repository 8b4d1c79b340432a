namespace Webhooks;

/// <summary>What a receiver asked for with the <c>webhook-delivery</c> response header.</summary>
public enum DeliveryDirective
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>abort-message</c>: don't try this message again.</summary>
    AbortMessage,

    /// <summary><c>disable</c>: send nothing to this endpoint any more.</summary>
    Disable,
}
