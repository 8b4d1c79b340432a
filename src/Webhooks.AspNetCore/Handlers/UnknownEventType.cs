namespace Webhooks;

/// <summary>What becomes of a verified webhook that no handler wants.</summary>
public enum UnknownEventType
{
    /// <summary>It is answered 200 and forgotten. Providers add event types, and many turn an endpoint off that keeps
    /// answering with errors.</summary>
    Acknowledge,

    /// <summary>It is answered 422; in an inbox it becomes a dead letter.</summary>
    Reject,
}
