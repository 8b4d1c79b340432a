using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Webhooks;

/// <summary>Checks a signature with the certificate at a URL whose host the scheme trusts. The certificate is trusted
/// because of where it came from: the connection to that host was authenticated.</summary>
internal static class FetchedCertificate
{
    private const int MinimumKeySize = 2048;
    private const int MaximumSize = 64 * 1024;

    public static async ValueTask<VerificationOutcome> CheckAsync(
        VerificationContext context,
        Uri url,
        byte[] content,
        byte[] signature,
        HashAlgorithmName algorithm,
        CancellationToken cancellationToken)
    {
        if (context.Keys is null)
        {
            return VerificationOutcome.KeyUnavailable;
        }

        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = await context.Keys.GetAsync(url, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong, there is no key; the source knows more and says it in its own log.
            return VerificationOutcome.KeyUnavailable;
        }

        return Check(bytes.Span, content, signature, algorithm, context.Now);
    }

    private static VerificationOutcome Check(
        ReadOnlySpan<byte> bytes, byte[] content, byte[] signature, HashAlgorithmName algorithm, DateTimeOffset now)
    {
        try
        {
            if (bytes.Length > MaximumSize)
            {
                return VerificationOutcome.KeyUnavailable;
            }

            using var certificate = bytes.StartsWith("-----"u8)
                ? X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(bytes))
                : X509CertificateLoader.LoadCertificate(bytes);
            using var key = certificate.GetRSAPublicKey();
            return key is null
                || key.KeySize < MinimumKeySize
                || certificate.NotAfter.ToUniversalTime() < now.UtcDateTime
                ? VerificationOutcome.UntrustedKey
                : key.VerifyData(content, signature, algorithm, RSASignaturePadding.Pkcs1)
                    ? VerificationOutcome.Verified
                    : VerificationOutcome.SignatureMismatch;
        }
        catch (CryptographicException)
        {
            return VerificationOutcome.KeyUnavailable;
        }
    }
}
