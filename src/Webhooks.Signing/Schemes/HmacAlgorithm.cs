namespace Webhooks;

/// <summary>The hash function of an HMAC (RFC 2104).</summary>
public enum HmacAlgorithm
{
    /// <summary>HMAC-SHA-256: a signature of 32 bytes.</summary>
    Sha256,

    /// <summary>HMAC-SHA-1: a signature of 20 bytes. For old providers only.</summary>
    Sha1,

    /// <summary>HMAC-SHA-512: a signature of 64 bytes.</summary>
    Sha512,
}
