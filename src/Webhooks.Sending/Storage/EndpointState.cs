namespace Webhooks;

/// <summary>Whether an endpoint gets messages.</summary>
public enum EndpointState
{
    /// <summary>It gets the messages it subscribed to.</summary>
    Enabled = 0,

    /// <summary>New messages pass it by, and deliveries that were pending wait until it is enabled.</summary>
    Disabled = 1,

    /// <summary>It is gone; only its deliveries' history remains.</summary>
    Deleted = 2,
}
