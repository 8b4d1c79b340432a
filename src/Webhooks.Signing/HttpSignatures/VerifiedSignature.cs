using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>A signature that is right.</summary>
/// <param name="Input">What it says of itself.</param>
/// <param name="Secret">The secret that made it.</param>
/// <param name="Base">The bytes that it signs.</param>
internal sealed record VerifiedSignature(SignatureInput Input, SigningSecret Secret, byte[] Base)
{
    /// <summary>A digest of what, among all that is signed, tells the message from others.</summary>
    /// <param name="idComponent">The component that is the message id, or <see langword="null"/>.</param>
    /// <param name="id">The message id, or <see langword="null"/>.</param>
    public byte[] Digest(string? idComponent, string? id)
    {
        if (id is not null && idComponent is not null && Input.Covers(idComponent))
            return SHA256.HashData(Encoding.UTF8.GetBytes($"{idComponent}: {id}"));

        // A message may have several signatures, each with a time and a key of its own, and whoever recorded it can leave
        // some out. So those count only where nothing else that is signed tells one message from the next.
        return SHA256.HashData(Input.Covers(ContentDigest.Component)
            ? SignatureBase.CoveredIn(Base, Input.Parameters)
            : Base);
    }
}
