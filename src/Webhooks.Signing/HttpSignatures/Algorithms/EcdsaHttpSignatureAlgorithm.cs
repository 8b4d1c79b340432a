using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary><c>ecdsa-p256-sha256</c>: a signature is the two numbers, 32 bytes each.</summary>
internal sealed class EcdsaHttpSignatureAlgorithm() : HttpSignatureAlgorithm("ecdsa-p256-sha256")
{
    private const string EllipticCurveKey = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int SignatureLength = 64;

    private readonly ImportedKeys<ECDsa> _keys = new(Import);

    public override string? FindFault(SigningSecret secret, SecretUse use)
    {
        var kind = use == SecretUse.Sign ? SecretKind.PrivateKey : SecretKind.PublicKey;
        if (secret.Kind != kind)
            return $"The algorithm {Name} needs a {(use == SecretUse.Sign ? "private" : "public")} key in PEM.";

        try
        {
            _keys.Return(secret, _keys.Rent(secret));
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return $"The algorithm {Name} needs a key on the curve P-256, and this is none.";
        }
    }

    public override byte[] Sign(SigningSecret secret, ReadOnlySpan<byte> signatureBase)
    {
        var key = _keys.Rent(secret);
        var signature = key.SignData(signatureBase, HashAlgorithmName.SHA256);
        _keys.Return(secret, key);
        return signature;
    }

    public override bool Verify(
        SigningSecret secret, ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
            return false;

        var key = _keys.Rent(secret);
        var valid = key.VerifyData(signatureBase, signature, HashAlgorithmName.SHA256);
        _keys.Return(secret, key);
        return valid;
    }

    private static ECDsa Import(SigningSecret secret)
    {
        var der = secret.RevealKey();
        var key = ECDsa.Create();
        if (secret.Kind == SecretKind.PrivateKey)
            key.ImportPkcs8PrivateKey(der, out _);
        else if (KeyText.OpenPublic(der.ToArray()).Algorithm == EllipticCurveKey)
            key.ImportSubjectPublicKeyInfo(der, out _);
        else
            throw new CryptographicException();
        return key.ExportParameters(false).Curve is { IsNamed: true, Oid.Value: P256 }
            ? key
            : throw new CryptographicException();
    }
}
