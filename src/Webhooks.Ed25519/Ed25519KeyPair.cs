using System.Security.Cryptography;
using NSec.Cryptography;

namespace Webhooks;

/// <summary>A private key that signs webhooks and the public key that verifies them.</summary>
public sealed class Ed25519KeyPair : IDisposable
{
    private Ed25519KeyPair(SigningSecret privateKey, SigningSecret publicKey)
    {
        (PrivateKey, PublicKey) = (privateKey, publicKey);
    }

    /// <summary>The key that signs; its text form starts with <c>whsk_</c>. Keep it.</summary>
    public SigningSecret PrivateKey { get; }

    /// <summary>The key that verifies; its text form starts with <c>whpk_</c>. Give it to receivers.</summary>
    public SigningSecret PublicKey { get; }

    /// <summary>Makes a new pair from a secure random source.</summary>
    /// <returns>The pair.</returns>
    public static Ed25519KeyPair Generate()
    {
        Span<byte> seed = stackalloc byte[Ed25519Keys.SeedLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return FromSeed(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Finds the public key of a private one.</summary>
    /// <param name="seed">The private key as RFC 8032 has it: 32 bytes.</param>
    /// <returns>The pair.</returns>
    /// <exception cref="ArgumentException"><paramref name="seed"/> isn't 32 bytes long.</exception>
    public static Ed25519KeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != Ed25519Keys.SeedLength)
        {
            throw new ArgumentException($"A seed has {Ed25519Keys.SeedLength} bytes.", nameof(seed));
        }

        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        byte[] privateKey = [.. seed, .. publicKey];
        try
        {
            return new Ed25519KeyPair(
                SigningSecret.Parse("whsk_" + Convert.ToBase64String(privateKey)),
                SigningSecret.Parse("whpk_" + Convert.ToBase64String(publicKey)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <summary>
    /// Wipes both keys from memory; neither can be used any more. What the cryptographic library made of them goes when
    /// it is collected.
    /// </summary>
    public void Dispose()
    {
        PrivateKey.Dispose();
        PublicKey.Dispose();
    }
}
