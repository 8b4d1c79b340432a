using NSec.Cryptography;

namespace Webhooks;

/// <summary><c>ed25519</c> (RFC 9421, section 3.3.6).</summary>
internal sealed class Ed25519HttpSignatureAlgorithm() : HttpSignatureAlgorithm("ed25519")
{
    public override string? FindFault(SigningSecret secret, SecretUse use) =>
        secret.Kind is SecretKind.Ed25519PrivateKey or SecretKind.Ed25519PublicKey
            ? Ed25519Keys.FaultOf(secret, use)
            : "The algorithm ed25519 needs a key that starts with whsk_ or whpk_.";

    public override byte[] Sign(SigningSecret secret, ReadOnlySpan<byte> signatureBase) =>
        SignatureAlgorithm.Ed25519.Sign(Ed25519Keys.PrivateKeyOf(secret), signatureBase);

    public override bool Verify(
        SigningSecret secret, ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519Keys.SignatureLength
        && SignatureAlgorithm.Ed25519.Verify(Ed25519Keys.PublicKeyOf(secret), signatureBase, signature);
}
