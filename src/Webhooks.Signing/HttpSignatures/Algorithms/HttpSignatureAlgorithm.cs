namespace Webhooks;

/// <summary>
/// An algorithm of HTTP message signatures (RFC 9421, section 3.3). Those of the base class library are in
/// <see cref="HttpSignatureAlgorithms"/>; the package <c>Webhooks.Ed25519</c> adds ed25519.
/// </summary>
/// <remarks>An algorithm is immutable and safe for use by many threads at once.</remarks>
public abstract class HttpSignatureAlgorithm
{
    /// <summary>Names an algorithm.</summary>
    /// <param name="name">Its name in the registry "HTTP Signature Algorithms", such as <c>hmac-sha256</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank.</exception>
    protected HttpSignatureAlgorithm(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The algorithm's name.</summary>
    public string Name { get; }

    /// <summary>Finds out why a key can't serve. The key decides the algorithm, never the message.</summary>
    /// <param name="secret">The key.</param>
    /// <param name="use">What it is wanted for.</param>
    /// <returns>What is wrong, without quoting the key, or <see langword="null"/> if nothing is.</returns>
    public abstract string? FindFault(SigningSecret secret, SecretUse use);

    /// <summary>Signs.</summary>
    /// <param name="secret">A key without fault.</param>
    /// <param name="signatureBase">The bytes to sign.</param>
    /// <returns>The signature.</returns>
    public abstract byte[] Sign(SigningSecret secret, ReadOnlySpan<byte> signatureBase);

    /// <summary>Whether a signature is right. Never throws for one that isn't, however it is wrong.</summary>
    /// <param name="secret">A key without fault.</param>
    /// <param name="signatureBase">The bytes that were signed.</param>
    /// <param name="signature">The signature, of any length.</param>
    /// <returns>Whether it was made with that key, of those bytes.</returns>
    public abstract bool Verify(
        SigningSecret secret, ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature);

    /// <summary>The algorithm's name.</summary>
    /// <returns>The name.</returns>
    public sealed override string ToString() => Name;
}
