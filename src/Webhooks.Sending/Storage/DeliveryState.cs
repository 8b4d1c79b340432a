namespace Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Waiting for its first or next attempt, or being attempted.</summary>
    Pending = 0,

    /// <summary>The receiver accepted it.</summary>
    Succeeded = 1,

    /// <summary>Given up; <see cref="DeliveryFailure"/> says why. It can be redelivered.</summary>
    Failed = 2,

    /// <summary>Cancelled by the application, or with its endpoint.</summary>
    Cancelled = 3,
}
