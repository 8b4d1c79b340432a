using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>SendGrid's Event Webhook: ECDSA over the timestamp and the body.</summary>
internal sealed class SendGridSignatureScheme() : SignatureScheme("sendgrid")
{
    private const string Header = "X-Twilio-Email-Event-Webhook-Signature";
    private const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";
    private const int MaximumDerLength = 72;
    private const string Refusal = "The scheme 'sendgrid' needs a key of ECDSA with the curve P-256: the public key as "
        + "SendGrid shows it to verify, a private one to sign.";

    public override IReadOnlyList<string> Headers { get; } = [TimestampHeader, Header];

    public override SigningSecret ParseSecret(string text)
    {
        var secret = SigningSecret.Parse(text, SecretFormat.Pem);
        return IsKey(secret) ? secret : throw new FormatException(Refusal);
    }

    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var wanted = use == SecretUse.Verify ? SecretKind.PublicKey : SecretKind.PrivateKey;
        if (secret.Kind != wanted || !IsKey(secret))
        {
            throw new ArgumentException(Refusal, nameof(secret));
        }
    }

    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var secret = ActiveSecrets.FirstToSign(this, context);
        var timestamp = TimestampText.Write(TimestampFormat.UnixSeconds, context.Timestamp);
        byte[] content = [.. Encoding.ASCII.GetBytes(timestamp), .. body];
        using var key = EcdsaKeys.Open(secret);
        var signature = key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        headers.Write(TimestampHeader, timestamp);
        headers.Write(Header, Convert.ToBase64String(signature));
    }

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        var signature = new byte[EcdsaKeys.SignatureLength];
        var timestamp = context.Headers.Find(TimestampHeader);
        var outcome = HeaderRules.JudgePlain(timestamp);
        long milliseconds = 0;
        outcome = outcome == VerificationOutcome.Verified
            ? JudgeAge(timestamp.Value!, context, out milliseconds)
            : outcome;
        outcome = outcome == VerificationOutcome.Verified ? ReadSignature(context.Headers, signature) : outcome;
        verification = outcome == VerificationOutcome.Verified
            ? new Verification(this, context, signature, timestamp.Value!, milliseconds)
            : null;
        refusal = verification is null ? VerificationResult.Refuse(outcome) : default;
        return verification is not null;
    }

    private VerificationOutcome JudgeAge(string text, in VerificationContext context, out long milliseconds) =>
        TimestampText.TryRead(TimestampFormat.UnixSeconds, text, out milliseconds)
            ? HeaderRules.JudgeAge(
                TimestampFormat.UnixSeconds, milliseconds, context.Now, context.Tolerance ?? Tolerance)
            : VerificationOutcome.MalformedTimestamp;

    private static VerificationOutcome ReadSignature(SignatureHeaders headers, Span<byte> signature)
    {
        var header = headers.Find(Header);
        var outcome = HeaderRules.JudgePlain(header);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        var der = new byte[MaximumDerLength];
        return header.Value!.Length <= MaximumDerLength * 4 / 3
            && SignatureEncodings.TryDecodeBase64(header.Value, der, out var length)
            && EcdsaKeys.TryReadDer(der.AsMemory(0, length), signature)
            ? VerificationOutcome.Verified
            : VerificationOutcome.MalformedSignature;
    }

    private static bool IsKey(SigningSecret secret)
    {
        try
        {
            using var key = secret.Kind is SecretKind.PublicKey or SecretKind.PrivateKey
                ? EcdsaKeys.Open(secret)
                : null;
            return key is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private sealed class Verification : SignatureVerification
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly SendGridSignatureScheme _scheme;
        private readonly VerificationContext _context;
        private readonly byte[] _signature;
        private readonly long _milliseconds;

        public Verification(
            SendGridSignatureScheme scheme, in VerificationContext context, byte[] signature, string timestamp,
            long milliseconds)
        {
            (_scheme, _context, _signature, _milliseconds) = (scheme, context, signature, milliseconds);
            _hash.AppendData(Encoding.ASCII.GetBytes(timestamp));
        }

        public override void Append(ReadOnlySpan<byte> body) => _hash.AppendData(body);

        public override VerificationResult Complete()
        {
            var hash = _hash.GetHashAndReset();
            var outcome = VerificationOutcome.NoActiveSecret;
            foreach (var secret in _context.Secrets)
            {
                if (secret.IsActive(_context.Now))
                {
                    _scheme.CheckSecret(secret, SecretUse.Verify);
                    using var key = EcdsaKeys.Open(secret);
                    if (key.VerifyHash(hash, _signature))
                    {
                        return VerificationResult.Accept(
                            secret, null, DateTimeOffset.FromUnixTimeMilliseconds(_milliseconds));
                    }

                    outcome = VerificationOutcome.SignatureMismatch;
                }
            }

            return VerificationResult.Refuse(outcome);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            _hash.Dispose();
        }
    }
}
