namespace Webhooks;

/// <summary>
/// Computes the signatures of one content with several keys, or checks signatures against it. For schemes that share
/// <see cref="LayoutSignatureScheme"/>'s headers and bring an algorithm of their own. Computations are kept and used
/// again: <see cref="Reset"/> must leave nothing behind. Not for use by several threads at once.
/// </summary>
public abstract class SignatureComputation
{
    /// <summary>Adds a key, before any content. Keys are numbered from 0 in the order they are added.</summary>
    /// <param name="secret">A secret that the scheme's <see cref="SignatureScheme.CheckSecret"/> accepts.</param>
    public abstract void AddKey(SigningSecret secret);

    /// <summary>Takes the next piece of the content.</summary>
    /// <param name="content">The bytes; they aren't kept.</param>
    public abstract void Append(ReadOnlySpan<byte> content);

    /// <summary>Computes the signature of the content.</summary>
    /// <param name="key">The key's number.</param>
    /// <param name="signature">Takes the signature; it has exactly the signature's length.</param>
    public abstract void Sign(int key, Span<byte> signature);

    /// <summary>Whether a signature is right. Takes the same time wherever a wrong one differs.</summary>
    /// <param name="key">The key's number.</param>
    /// <param name="signature">The signature, of exactly the signature's length.</param>
    /// <returns>Whether it was made with that key, of the content.</returns>
    public abstract bool Matches(int key, ReadOnlySpan<byte> signature);

    /// <summary>Forgets all keys and content, finished or not.</summary>
    public abstract void Reset();
}
