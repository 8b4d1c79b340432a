using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>Twilio: the URL and the parameters of a form, or the URL with a digest of any other body in it.</summary>
internal sealed class TwilioSignatureScheme() : SharedSecretScheme("twilio", SecretFormat.Text)
{
    private const string Header = "X-Twilio-Signature";
    private const string FormType = "application/x-www-form-urlencoded";

    public override bool SignsUrl => true;

    public override MessageFields Fields { get; } = new() { IdHeader = "I-Twilio-Idempotency-Token" };

    public override IReadOnlyList<string> Headers { get; } = ["I-Twilio-Idempotency-Token", Header];

    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var url = context.Url
            ?? throw new InvalidOperationException("The scheme 'twilio' signs the URL. Set SigningContext.Url.");
        var secret = ActiveSecrets.FirstToSign(this, context);
        var form = TwilioUrl.DigestIn(url) is null ? TwilioForm.TryRead(body) : "";
        if (form is null)
        {
            throw new InvalidOperationException("Twilio signs forms, and other bodies by bodySHA256 in the URL.");
        }

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        KeyedHash.Compute(HmacAlgorithm.Sha1, secret, Encoding.UTF8.GetBytes(url + form), hash);
        FieldHeaders.Write(Fields, context, headers);
        headers.Write(Header, Convert.ToBase64String(hash));
    }

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        if (context.Url is null)
        {
            throw new ArgumentException(
                "The scheme 'twilio' signs the URL. Set VerificationContext.Url.", nameof(context));
        }

        verification = null;
        var signature = new byte[SHA1.HashSizeInBytes];
        var header = context.Headers.Find(Header);
        var outcome = HeaderRules.JudgePlain(header);
        if (outcome == VerificationOutcome.Verified
            && !SignatureEncodings.TryRead(SignatureEncoding.Base64, header.Value, signature))
        {
            outcome = VerificationOutcome.MalformedSignature;
        }

        refusal = outcome == VerificationOutcome.Verified ? default : VerificationResult.Refuse(outcome);
        if (outcome == VerificationOutcome.Verified)
        {
            verification = new Verification(this, context, signature);
        }

        return verification is not null;
    }

    private sealed class Verification(TwilioSignatureScheme scheme, VerificationContext context, byte[] signature)
        : BufferedVerification
    {
        public override VerificationResult Complete()
        {
            var digest = TwilioUrl.DigestIn(context.Url!);
            if (digest is null && !IsForm())
            {
                return Refuse(VerificationOutcome.InsufficientCoverage);
            }

            var form = digest is null ? TwilioForm.TryRead(Body.Span) : "";
            if (form is null)
            {
                return Refuse(VerificationOutcome.MalformedBody);
            }

            var outcome = VerificationOutcome.SignatureMismatch;
            SigningSecret? found = null;
            byte[] signed = [];
            foreach (var url in TwilioUrl.FormsOf(context.Url!))
            {
                var content = Encoding.UTF8.GetBytes(url + form);
                outcome = KeyedHash.Find(
                    scheme, context, HmacAlgorithm.Sha1, content, signature, out var secret);
                (found, signed) = found is null && secret is not null ? (secret, content) : (found, signed);
            }

            return found is null ? Refuse(outcome)
                : digest is null || IsDigest(digest) ? Accept(found, signed)
                : Refuse(VerificationOutcome.SignatureMismatch);
        }

        // A form can be written in another order, with other percent-encoding, and repeated in part: what is signed
        // stays the same.
        private static VerificationResult Accept(SigningSecret secret, byte[] signed) =>
            VerificationResult.Accept(secret, null, null) with { ContentDigest = SHA256.HashData(signed) };

        private bool IsForm() => Body.IsEmpty
            || (context.Headers.Find("Content-Type").Value is { } type
                && type.StartsWith(FormType, StringComparison.OrdinalIgnoreCase));

        private bool IsDigest(string digest)
        {
            Span<byte> named = stackalloc byte[SHA256.HashSizeInBytes];
            Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Body.Span, actual);
            return SignatureEncodings.TryDecodeHex(digest, named)
                && CryptographicOperations.FixedTimeEquals(named, actual);
        }
    }
}
