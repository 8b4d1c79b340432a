using System.Security.Cryptography;

namespace Webhooks;

/// <summary>Compares an HMAC with those that the active secrets make of one content.</summary>
internal static class KeyedHash
{
    /// <summary>Looks at every active secret, without stopping early.</summary>
    /// <returns>Verified and the secret, or why not.</returns>
    public static VerificationOutcome Find(
        SignatureScheme scheme,
        in VerificationContext context,
        HmacAlgorithm algorithm,
        ReadOnlySpan<byte> content,
        ReadOnlySpan<byte> signature,
        out SigningSecret? found)
    {
        found = null;
        var outcome = VerificationOutcome.NoActiveSecret;
        Span<byte> expected = stackalloc byte[HmacComputation.LengthOf(algorithm)];
        for (var index = 0; index < context.Secrets.Count; index++)
        {
            var secret = context.Secrets[index];
            if (!secret.IsActive(context.Now))
            {
                continue;
            }

            scheme.CheckSecret(secret, SecretUse.Verify);
            Compute(algorithm, secret, content, expected);
            var matches = CryptographicOperations.FixedTimeEquals(expected, signature);
            found ??= matches ? secret : null;
            outcome = VerificationOutcome.SignatureMismatch;
        }

        return found is null ? outcome : VerificationOutcome.Verified;
    }

    public static void Compute(
        HmacAlgorithm algorithm, SigningSecret secret, ReadOnlySpan<byte> content, Span<byte> hash)
    {
        var keyed = secret.Key.RentHash(algorithm);
        keyed.AppendData(content);
        keyed.GetHashAndReset(hash);
        secret.Key.ReturnHash(algorithm, keyed);
    }
}
