using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary><c>rsa-pss-sha512</c> and <c>rsa-v1_5-sha256</c>.</summary>
internal sealed class RsaHttpSignatureAlgorithm : HttpSignatureAlgorithm
{
    private const string Key = "1.2.840.113549.1.1.1";
    private const string PssKey = "1.2.840.113549.1.1.10";
    private const int MinimumBits = 2048;

    // Larger keys cost more time than a stranger's request may.
    private const int MaximumBits = 8192;

    private static readonly ImportedKeys<RSA> Keys = new(Import);

    private readonly HashAlgorithmName _hash;
    private readonly RSASignaturePadding _padding;

    private RsaHttpSignatureAlgorithm(string name, HashAlgorithmName hash, RSASignaturePadding padding)
        : base(name)
    {
        (_hash, _padding) = (hash, padding);
    }

    public static RsaHttpSignatureAlgorithm Pss { get; } =
        new("rsa-pss-sha512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss);

    public static RsaHttpSignatureAlgorithm V15 { get; } =
        new("rsa-v1_5-sha256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public override string? FindFault(SigningSecret secret, SecretUse use)
    {
        var kind = use == SecretUse.Sign ? SecretKind.PrivateKey : SecretKind.PublicKey;
        if (secret.Kind != kind)
            return $"The algorithm {Name} needs a {(use == SecretUse.Sign ? "private" : "public")} key in PEM.";

        try
        {
            Keys.Return(secret, Keys.Rent(secret));
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or AsnContentException)
        {
            return $"The algorithm {Name} needs an RSA key of {MinimumBits} to {MaximumBits} bits, and this is none.";
        }
    }

    public override byte[] Sign(SigningSecret secret, ReadOnlySpan<byte> signatureBase)
    {
        var key = Keys.Rent(secret);
        var signature = key.SignData(signatureBase, _hash, _padding);
        Keys.Return(secret, key);
        return signature;
    }

    public override bool Verify(
        SigningSecret secret, ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature)
    {
        var key = Keys.Rent(secret);
        var valid = signature.Length == key.KeySize / 8 && key.VerifyData(signatureBase, signature, _hash, _padding);
        Keys.Return(secret, key);
        return valid;
    }

    // Keys that name PSS itself as their algorithm, as those of the RFC do, hold the same two numbers.
    private static RSA Import(SigningSecret secret)
    {
        var isPrivate = secret.Kind == SecretKind.PrivateKey;
        var der = secret.RevealKey().ToArray();
        var (algorithm, inner) = isPrivate ? KeyText.OpenPrivate(der) : KeyText.OpenPublic(der);
        CryptographicOperations.ZeroMemory(der);
        if (algorithm is not (Key or PssKey))
            throw new CryptographicException();

        var key = RSA.Create();
        if (isPrivate)
            key.ImportRSAPrivateKey(inner, out _);
        else
            key.ImportRSAPublicKey(inner, out _);
        CryptographicOperations.ZeroMemory(inner);
        return key.KeySize is >= MinimumBits and <= MaximumBits ? key : throw new CryptographicException();
    }
}
