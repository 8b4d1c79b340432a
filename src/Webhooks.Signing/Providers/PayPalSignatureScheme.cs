using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Webhooks;

/// <summary>PayPal: signed with the key of a certificate that a header names. The secrets are the ids of the webhooks
/// as the receiver has them.</summary>
internal sealed partial class PayPalSignatureScheme() : CertifiedScheme("paypal", "the id of the webhook")
{
    private const string IdHeader = "PAYPAL-TRANSMISSION-ID";
    private const string TimeHeader = "PAYPAL-TRANSMISSION-TIME";
    private const string SignatureHeader = "PAYPAL-TRANSMISSION-SIG";
    private const string CertificateHeader = "PAYPAL-CERT-URL";
    private const string AlgorithmHeader = "PAYPAL-AUTH-ALGO";
    private const int MaximumSignatureText = 1024;

    private static readonly string[] Needed =
        [IdHeader, TimeHeader, SignatureHeader, CertificateHeader, AlgorithmHeader];

    public override bool SignsId => true;

    public override MessageFields Fields { get; } = new() { IdHeader = IdHeader, EventTypeProperty = "event_type" };

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        verification = null;
        var outcome = VerificationOutcome.Verified;
        for (var index = 0; index < Needed.Length && outcome == VerificationOutcome.Verified; index++)
        {
            outcome = HeaderRules.JudgePlain(context.Headers.Find(Needed[index]));
        }

        outcome = outcome == VerificationOutcome.Verified ? Judge(context, out verification) : outcome;
        refusal = verification is null ? VerificationResult.Refuse(outcome) : default;
        return verification is not null;
    }

    protected override bool IsSecret(string text) => text.Length <= 50 && text.All(char.IsAsciiLetterOrDigit);

    private VerificationOutcome Judge(in VerificationContext context, out SignatureVerification? verification)
    {
        verification = null;
        var certificate = context.Headers.Find(CertificateHeader).Value!;
        if (!CertificateShape().IsMatch(certificate) || !Uri.TryCreate(certificate, UriKind.Absolute, out var url))
        {
            return VerificationOutcome.UntrustedKey;
        }

        if (context.Headers.Find(AlgorithmHeader).Value is not "SHA256withRSA")
        {
            return VerificationOutcome.UnsupportedAlgorithm;
        }

        if (!Rfc3339.TryRead(context.Headers.Find(TimeHeader).Value, out var milliseconds))
        {
            return VerificationOutcome.MalformedTimestamp;
        }

        var outcome = HeaderRules.JudgeAge(
            TimestampFormat.Rfc3339, milliseconds, context.Now, context.Tolerance ?? Tolerance);
        var text = context.Headers.Find(SignatureHeader).Value!;
        var signature = new byte[Math.Min(text.Length, MaximumSignatureText)];
        if (outcome == VerificationOutcome.Verified
            && (text.Length > MaximumSignatureText
                || !SignatureEncodings.TryDecodeBase64(text, signature, out var length)
                || (signature = signature[..length]).Length == 0))
        {
            outcome = VerificationOutcome.MalformedSignature;
        }

        verification = outcome == VerificationOutcome.Verified
            ? new Verification(this, context, url, signature, milliseconds)
            : null;
        return outcome;
    }

    [GeneratedRegex(
        @"\Ahttps://api(\.sandbox)?\.paypal\.com/v1/notifications/certs/[A-Za-z0-9_-]+\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CertificateShape();

    private sealed class Verification(
        PayPalSignatureScheme scheme, VerificationContext context, Uri url, byte[] signature, long milliseconds)
        : SignatureVerification
    {
        private uint _checksum;

        public override void Append(ReadOnlySpan<byte> body) => _checksum = Crc32.Append(_checksum, body);

        public override VerificationResult Complete() => VerificationResult.Refuse(VerificationOutcome.KeyUnavailable);

        public override async ValueTask<VerificationResult> CompleteAsync(CancellationToken cancellationToken)
        {
            var (id, time) = (context.Headers.Find(IdHeader).Value!, context.Headers.Find(TimeHeader).Value!);
            var outcome = VerificationOutcome.NoActiveSecret;
            foreach (var secret in context.Secrets)
            {
                if (!secret.IsActive(context.Now))
                {
                    continue;
                }

                scheme.CheckSecret(secret, SecretUse.Verify);
                var checksum = _checksum.ToString(CultureInfo.InvariantCulture);
                var content = Encoding.ASCII.GetBytes($"{id}|{time}|{secret.Reveal()}|{checksum}");
                outcome = await FetchedCertificate.CheckAsync(
                    context, url, content, signature, HashAlgorithmName.SHA256, cancellationToken)
                    .ConfigureAwait(false);
                if (outcome == VerificationOutcome.Verified)
                {
                    return VerificationResult.Accept(
                        secret, id, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
                }
            }

            return VerificationResult.Refuse(outcome);
        }
    }
}
