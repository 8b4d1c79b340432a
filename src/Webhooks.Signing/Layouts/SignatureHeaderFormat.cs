namespace Webhooks;

/// <summary>How a signature header holds its signatures.</summary>
public enum SignatureHeaderFormat
{
    /// <summary>One signature, perhaps after a fixed prefix: <c>sha256=0a1b…</c>.</summary>
    Prefixed,

    /// <summary>Named items, of which some are signatures and one may be the timestamp:
    /// <c>t=1674087231,v1=0a1b…</c>.</summary>
    NamedItems,

    /// <summary>Signatures with their version, parted by spaces: <c>v1,K5oZ… v1,Tm9v…</c> (Standard
    /// Webhooks).</summary>
    VersionedList,
}
