namespace Webhooks;

/// <summary>Where a webhook in the inbox stands.</summary>
public enum InboxState
{
    /// <summary>Waiting for its handlers, for their next attempt, or being handled.</summary>
    Pending = DeliveryState.Pending,

    /// <summary>Its handlers returned, or it was marked in a transaction that committed, or no handler wants it.</summary>
    Handled = DeliveryState.Succeeded,

    /// <summary>Given up: its retries are used up, or it can't be handled at all. It can be redelivered.</summary>
    DeadLetter = DeliveryState.Failed,

    /// <summary>Cancelled by the application.</summary>
    Cancelled = DeliveryState.Cancelled,
}
