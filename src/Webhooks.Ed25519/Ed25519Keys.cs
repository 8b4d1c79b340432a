using System.Runtime.CompilerServices;
using NSec.Cryptography;

namespace Webhooks;

/// <summary>Checks keys, and keeps what the cryptographic library made of them.</summary>
internal static class Ed25519Keys
{
    public const int SeedLength = 32;
    public const int SignatureLength = 64;

    private static readonly ConditionalWeakTable<SigningSecret, Key> PrivateKeys = [];
    private static readonly ConditionalWeakTable<SigningSecret, PublicKey> PublicKeys = [];

    // The y coordinates of the points of small order, canonical or not, in little-endian order. With such a key one
    // signature fits every message.
    private static readonly byte[][] SmallOrders =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    public static Key PrivateKeyOf(SigningSecret secret)
    {
        // Asks the secret first, so that a disposed one is not served from memory.
        _ = secret.RevealKey();
        return PrivateKeys.TryGetValue(secret, out var key) ? key : PrivateKeys.GetOrAdd(secret, ImportPrivate(secret));
    }

    public static PublicKey PublicKeyOf(SigningSecret secret)
    {
        var bytes = secret.RevealKey();
        return PublicKeys.TryGetValue(secret, out var key)
            ? key
            : PublicKeys.GetOrAdd(
                secret, PublicKey.Import(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey));
    }

    /// <summary>Why a secret is no good ed25519 key, or <see langword="null"/>.</summary>
    public static string? FaultOf(SigningSecret secret) => secret.Kind switch
    {
        SecretKind.Ed25519PrivateKey when !IsWhole(secret) =>
            "The private key's two halves don't belong together. Copy the whsk_ key whole.",
        SecretKind.Ed25519PublicKey when IsSmallOrder(secret.RevealKey()) =>
            "The public key is one under which anybody can sign. Ask the sender for another whpk_ key.",
        SecretKind.Symmetric => "A shared secret can't be used with ed25519. Use a key that starts with whsk_ or "
            + "whpk_.",
        _ => null,
    };

    /// <summary>Why a secret can't serve a purpose, or <see langword="null"/>.</summary>
    public static string? FaultOf(SigningSecret secret, SecretUse use) => (secret.Kind, use) switch
    {
        (SecretKind.Ed25519PublicKey, SecretUse.Sign) => "A public key can't sign. Use the private key, which starts "
            + "with whsk_.",
        (SecretKind.Ed25519PrivateKey, SecretUse.Verify) =>
            "A receiver must not hold the private key. Use the public key, which starts with whpk_.",
        _ when PrivateKeys.TryGetValue(secret, out _) || PublicKeys.TryGetValue(secret, out _) => null,
        _ => FaultOf(secret),
    };

    private static Key ImportPrivate(SigningSecret secret) =>
        Key.Import(SignatureAlgorithm.Ed25519, secret.RevealKey()[..SeedLength], KeyBlobFormat.RawPrivateKey);

    private static bool IsWhole(SigningSecret secret)
    {
        // Not by way of the kept keys: what is kept counts as checked.
        using var key = ImportPrivate(secret);
        return secret.RevealKey()[SeedLength..].SequenceEqual(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    private static bool IsSmallOrder(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> y = stackalloc byte[publicKey.Length];
        publicKey.CopyTo(y);
        y[^1] &= 0x7f;
        foreach (var smallOrder in SmallOrders)
        {
            if (y.SequenceEqual(smallOrder))
            {
                return true;
            }
        }

        return false;
    }
}
