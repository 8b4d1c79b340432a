using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary>Reads and writes the keys of asymmetric algorithms: PEM (RFC 7468), or the base64 inside it.</summary>
internal static class KeyText
{
    private const string PublicLabel = "PUBLIC KEY";
    private const string PrivateLabel = "PRIVATE KEY";
    private const string Ed25519 = "1.3.101.112";
    private const string NoKey =
        "The key is neither PEM (BEGIN PUBLIC KEY, or BEGIN PRIVATE KEY without a password) nor the base64 inside it.";

    public static bool TryRead(
        string text, [NotNullWhen(true)] out SigningSecret? secret, [NotNullWhen(false)] out string? fault)
    {
        (secret, fault) = (null, null);
        var der = TryDecode(text, out var label);
        try
        {
            secret = der is null ? null : Find(der, label);
        }
        catch (AsnContentException)
        {
            CryptographicOperations.ZeroMemory(der);
        }

        fault = secret is null ? NoKey : null;
        return secret is not null;
    }

    public static string Write(ReadOnlySpan<byte> key, SecretKind kind) =>
        PemEncoding.WriteString(kind == SecretKind.PublicKey ? PublicLabel : PrivateLabel, key);

    /// <summary>Opens a SubjectPublicKeyInfo (RFC 5280).</summary>
    /// <returns>The algorithm and the key in the algorithm's own form.</returns>
    /// <exception cref="AsnContentException">It isn't one.</exception>
    public static (string Algorithm, byte[] Key) OpenPublic(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var algorithm = info.ReadSequence().ReadObjectIdentifier();
        var key = info.ReadBitString(out var unused);
        info.ThrowIfNotEmpty();
        return unused == 0 ? (algorithm, key) : throw new AsnContentException();
    }

    /// <summary>Opens a PKCS#8 PrivateKeyInfo (RFC 5208).</summary>
    /// <returns>The algorithm and the key in the algorithm's own form.</returns>
    /// <exception cref="AsnContentException">It isn't one.</exception>
    public static (string Algorithm, byte[] Key) OpenPrivate(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        _ = info.ReadInteger();
        var algorithm = info.ReadSequence().ReadObjectIdentifier();
        return (algorithm, info.ReadOctetString());
    }

    private static byte[]? TryDecode(string text, out string? label)
    {
        label = null;
        try
        {
            if (!PemEncoding.TryFind(text, out var fields))
                return Convert.FromBase64String(text);

            label = text[fields.Label];
            return Convert.FromBase64String(text[fields.Base64Data]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static SigningSecret? Find(byte[] der, string? label)
    {
        if (label is PrivateLabel || (label is null && IsPrivate(der)))
        {
            var (_, inner) = OpenPrivate(der);
            CryptographicOperations.ZeroMemory(inner);
            return new SigningSecret(der, SecretKind.PrivateKey, SecretFormat.Pem);
        }

        if (label is not (null or PublicLabel))
            return null;

        // One kind of key has one form, so that a scheme finds it whichever way it was written.
        var (algorithm, key) = OpenPublic(der);
        return algorithm == Ed25519 && key.Length == 32
            ? new SigningSecret(key, SecretKind.Ed25519PublicKey, SecretFormat.WebhookSecret)
            : new SigningSecret(der, SecretKind.PublicKey, SecretFormat.Pem);
    }

    // A private key starts with its version, a public one with its algorithm.
    private static bool IsPrivate(byte[] der) =>
        new AsnReader(der, AsnEncodingRules.DER).ReadSequence() is { HasData: true } info
        && info.PeekTag() == Asn1Tag.Integer;
}
