namespace Webhooks;

/// <summary>The hash functions of <c>Content-Digest</c> that withstand an attacker (RFC 9530, section 5).</summary>
public enum ContentDigestAlgorithm
{
    /// <summary><c>sha-256</c>.</summary>
    Sha256,

    /// <summary><c>sha-512</c>.</summary>
    Sha512,
}
