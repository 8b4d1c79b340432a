using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Webhooks;

/// <summary>Mailgun: the signature lies in the body and covers a timestamp and a token, not the event.</summary>
internal sealed class MailgunSignatureScheme()
    : SignedBodyScheme("mailgun", SecretFormat.Text, "Write the object \"signature\" into it first.")
{
    public override bool SignsId => true;

    public override MessageFields Fields { get; } = new()
    {
        IdProperty = "/signature/token",
        EventTypeProperty = "/event-data/event",
    };

    protected override SignatureVerification Begin(in VerificationContext context) => new Verification(this, context);

    private sealed class Verification(MailgunSignatureScheme scheme, VerificationContext context)
        : BufferedVerification
    {
        public override VerificationResult Complete()
        {
            using var document = JsonText.TryParse(Body);
            return document is not null && document.RootElement.TryGetProperty("signature", out var signature)
                ? Judge(signature)
                : Refuse(VerificationOutcome.MalformedBody);
        }

        private VerificationResult Judge(JsonElement signature)
        {
            var (timestamp, token) = (JsonText.Find(signature, "timestamp"), JsonText.Find(signature, "token"));
            if (timestamp is null || string.IsNullOrEmpty(token) || !HeaderRules.IsPlain(token))
            {
                return Refuse(VerificationOutcome.MalformedBody);
            }

            if (!TimestampText.TryRead(TimestampFormat.UnixSeconds, timestamp, out var milliseconds))
            {
                return Refuse(VerificationOutcome.MalformedTimestamp);
            }

            var outcome = HeaderRules.JudgeAge(
                TimestampFormat.UnixSeconds, milliseconds, context.Now, context.Tolerance ?? scheme.Tolerance);
            SigningSecret? secret = null;
            outcome = outcome == VerificationOutcome.Verified
                ? Find(timestamp + token, JsonText.Find(signature, "signature"), out secret)
                : outcome;

            // An event of a subaccount is signed with the key of the account above it too.
            outcome = outcome == VerificationOutcome.SignatureMismatch
                ? Find(timestamp + token, JsonText.Find(signature, "parent-signature"), out secret)
                : outcome;
            return secret is null
                ? Refuse(outcome)
                : VerificationResult.Accept(secret, token, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        }

        private VerificationOutcome Find(string content, string? text, out SigningSecret? secret)
        {
            secret = null;
            Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
            return text is not null && SignatureEncodings.TryDecodeHex(text, signature)
                ? KeyedHash.Find(
                    scheme, context, HmacAlgorithm.Sha256, Encoding.UTF8.GetBytes(content), signature, out secret)
                : VerificationOutcome.SignatureMismatch;
        }
    }
}
