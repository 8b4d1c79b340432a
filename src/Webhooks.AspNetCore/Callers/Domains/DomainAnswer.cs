namespace Webhooks;

/// <summary>Whether an address belongs to a domain.</summary>
internal enum DomainAnswer
{
    /// <summary>DNS didn't say, or wasn't asked since too many were asking.</summary>
    Unknown,

    /// <summary>It has no name within the domain, or that name doesn't have the address.</summary>
    Denied,

    /// <summary>It has a name within the domain, and that name has the address.</summary>
    Confirmed,
}
