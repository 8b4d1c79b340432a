using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>Finds the secret that a request shows, in a time that says nothing of the secrets, not even how long they
/// are.</summary>
internal static class ShownSecret
{
    /// <summary>Compares what is shown with every active secret.</summary>
    /// <param name="scheme">Whose secrets they are.</param>
    /// <param name="context">The secrets and the clock.</param>
    /// <param name="shown">What the request shows.</param>
    /// <param name="found">The secret that it is, or null.</param>
    /// <returns>Verified if one was found.</returns>
    public static VerificationOutcome Find(
        SignatureScheme scheme, in VerificationContext context, ReadOnlySpan<char> shown, out SigningSecret? found)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(shown.Length));
        var length = Encoding.UTF8.GetBytes(shown, rented);
        var outcome = Find(scheme, context, rented.AsSpan(0, length), out found);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return outcome;
    }

    /// <summary>Compares what is shown with every active secret.</summary>
    /// <param name="scheme">Whose secrets they are.</param>
    /// <param name="context">The secrets and the clock.</param>
    /// <param name="shown">What the request shows.</param>
    /// <param name="found">The secret that it is, or null.</param>
    /// <returns>Verified if one was found.</returns>
    public static VerificationOutcome Find(
        SignatureScheme scheme, in VerificationContext context, ReadOnlySpan<byte> shown, out SigningSecret? found)
    {
        found = null;
        var outcome = VerificationOutcome.NoActiveSecret;
        Span<byte> theirs = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> ours = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(shown, theirs);
        for (var index = 0; index < context.Secrets.Count; index++)
        {
            var secret = context.Secrets[index];
            if (!secret.IsActive(context.Now))
            {
                continue;
            }

            scheme.CheckSecret(secret, SecretUse.Verify);
            SHA256.HashData(secret.RevealKey(), ours);
            var matches = CryptographicOperations.FixedTimeEquals(ours, theirs);
            found ??= matches ? secret : null;
            outcome = VerificationOutcome.SignatureMismatch;
        }

        CryptographicOperations.ZeroMemory(ours);
        return found is null ? outcome : VerificationOutcome.Verified;
    }
}
