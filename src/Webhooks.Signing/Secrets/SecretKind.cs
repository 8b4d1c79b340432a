namespace Webhooks;

/// <summary>What a signing secret can do.</summary>
public enum SecretKind
{
    /// <summary>A key that both sides share: it signs and verifies.</summary>
    Symmetric,

    /// <summary>An ed25519 private key (<c>whsk_</c>): it signs.</summary>
    Ed25519PrivateKey,

    /// <summary>An ed25519 public key (<c>whpk_</c>): it verifies.</summary>
    Ed25519PublicKey,

    /// <summary>A public key of another algorithm, such as RSA or ECDSA, as a SubjectPublicKeyInfo (RFC 5280): it
    /// verifies.</summary>
    PublicKey,

    /// <summary>A private key of another algorithm, such as RSA or ECDSA, as PKCS#8 (RFC 5208): it signs.</summary>
    PrivateKey,
}
