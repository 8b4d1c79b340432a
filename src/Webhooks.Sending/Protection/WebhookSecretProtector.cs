using System.Security.Cryptography;

namespace Webhooks;

/// <summary>
/// Encrypts what a store keeps of an endpoint's secrets: URL, signing secrets, credentials and header values. Derive
/// from it to use a key management service of your own. Safe to call from many threads at once.
/// </summary>
public abstract class WebhookSecretProtector
{
    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="secret">What to protect. It is wiped afterwards: don't keep it.</param>
    /// <param name="purpose">What the secret belongs to, an endpoint's id for one. It has to be authenticated with the
    /// secret: unprotecting for another purpose must fail.</param>
    /// <returns>The protected bytes.</returns>
    public abstract byte[] Protect(ReadOnlySpan<byte> secret, string purpose);

    /// <summary>Decrypts what <see cref="Protect"/> returned, whichever of the keys in use it was protected
    /// by.</summary>
    /// <param name="protectedSecret">The protected bytes.</param>
    /// <param name="purpose">What they were protected for.</param>
    /// <returns>The secret. It is wiped after use.</returns>
    /// <exception cref="CryptographicException">The key isn't there, or the bytes or the purpose are others. The
    /// message is logged: it names no secret and no key.</exception>
    public abstract byte[] Unprotect(ReadOnlySpan<byte> protectedSecret, string purpose);

    /// <summary>The protector's type, never a key.</summary>
    public override string ToString() => GetType().Name;
}
