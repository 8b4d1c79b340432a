using System.Security.Cryptography;

namespace Webhooks;

/// <summary><c>hmac-sha256</c>.</summary>
internal sealed class HmacHttpSignatureAlgorithm() : HttpSignatureAlgorithm("hmac-sha256")
{
    public override string? FindFault(SigningSecret secret, SecretUse use) => secret.Kind == SecretKind.Symmetric
        ? null
        : "The algorithm hmac-sha256 needs a shared secret, and this is one key of a pair.";

    public override byte[] Sign(SigningSecret secret, ReadOnlySpan<byte> signatureBase) =>
        HMACSHA256.HashData(secret.RevealKey(), signatureBase);

    public override bool Verify(
        SigningSecret secret, ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.RevealKey(), signatureBase, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
