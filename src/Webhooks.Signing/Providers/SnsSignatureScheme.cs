using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Webhooks;

/// <summary>Amazon SNS: signed with the key of a certificate that the body names. Anybody can have a topic, so the
/// secrets are the names of those that are trusted.</summary>
internal sealed class SnsSignatureScheme(string name, bool takesSha1)
    : CertifiedScheme(name, "the ARN of a topic, such as arn:aws:sns:us-east-1:123456789012:orders")
{
    private static readonly string[] NotificationFields =
        ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];

    private static readonly string[] ConfirmationFields =
        ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    public override TimeSpan Tolerance => TimeSpan.FromHours(1);

    public override bool SignsId => true;

    public override MessageFields Fields { get; } = new() { IdProperty = "MessageId", EventTypeProperty = "Type" };

    protected override bool IsSecret(string text) => text.StartsWith("arn:aws", StringComparison.Ordinal)
        && text.Split(':') is [_, _, "sns", _, _, { Length: > 0 }];

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        verification = new Verification(this, context, takesSha1);
        refusal = default;
        return true;
    }

    private sealed class Verification(SnsSignatureScheme scheme, VerificationContext context, bool takesSha1)
        : BufferedVerification
    {
        public override VerificationResult Complete() => Refuse(VerificationOutcome.KeyUnavailable);

        public override async ValueTask<VerificationResult> CompleteAsync(CancellationToken cancellationToken)
        {
            using var document = JsonText.TryParse(Body);
            if (document is null || ContentOf(document.RootElement) is not { } content
                || JsonText.Find(document.RootElement, "Signature") is not { Length: <= 1024 } text)
            {
                return Refuse(VerificationOutcome.MalformedBody);
            }

            var message = document.RootElement;
            var signature = new byte[text.Length];
            if (!SignatureEncodings.TryDecodeBase64(text, signature, out var length))
            {
                return Refuse(VerificationOutcome.MalformedSignature);
            }

            var outcome = Judge(message, out var algorithm, out var timestamp, out var url);

            // The topic comes before the certificate: whoever names another one has nothing fetched.
            var secret = default(SigningSecret);
            outcome = outcome == VerificationOutcome.Verified ? FindTopic(message, out secret) : outcome;
            outcome = outcome == VerificationOutcome.Verified
                ? await FetchedCertificate.CheckAsync(
                    context, url!, content, signature[..length], algorithm, cancellationToken).ConfigureAwait(false)
                : outcome;
            return outcome == VerificationOutcome.Verified
                ? VerificationResult.Accept(
                    secret!, JsonText.Find(message, "MessageId"), DateTimeOffset.FromUnixTimeMilliseconds(timestamp))
                : Refuse(outcome);
        }

        private VerificationOutcome FindTopic(JsonElement message, out SigningSecret? secret)
        {
            var topic = JsonText.Find(message, "TopicArn")!;
            var outcome = ShownSecret.Find(scheme, context, topic.AsSpan(), out secret);
            return outcome == VerificationOutcome.SignatureMismatch ? VerificationOutcome.UntrustedKey : outcome;
        }

        private VerificationOutcome Judge(
            JsonElement message, out HashAlgorithmName algorithm, out long timestamp, out Uri? url)
        {
            var version = JsonText.Find(message, "SignatureVersion");
            algorithm = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
            url = SnsCertificateUrl.TryRead(JsonText.Find(message, "SigningCertURL"));
            var readable = Rfc3339.TryRead(JsonText.Find(message, "Timestamp"), out timestamp);
            return version is not ("1" or "2") ? VerificationOutcome.UnsupportedVersion
                : version == "1" && !takesSha1 ? VerificationOutcome.UnsupportedAlgorithm
                : url is null ? VerificationOutcome.UntrustedKey
                : !readable ? VerificationOutcome.MalformedTimestamp
                : HeaderRules.JudgeAge(
                    TimestampFormat.Rfc3339, timestamp, context.Now, context.Tolerance ?? scheme.Tolerance);
        }

        /// <summary>What is signed: the names and values of certain properties, a line each.</summary>
        private static byte[]? ContentOf(JsonElement message)
        {
            var fields = JsonText.Find(message, "Type") switch
            {
                "Notification" => NotificationFields,
                "SubscriptionConfirmation" or "UnsubscribeConfirmation" => ConfirmationFields,
                _ => [],
            };
            var content = new StringBuilder();
            foreach (var field in fields)
            {
                if (JsonText.Find(message, field) is { } value)
                {
                    // Only the message has lines: with more of them one signature would fit several messages.
                    if (field != "Message" && value.Contains('\n', StringComparison.Ordinal))
                    {
                        return null;
                    }

                    content.Append(field).Append('\n').Append(value).Append('\n');
                }
                else if (field != "Subject")
                {
                    return null;
                }
            }

            return content.Length == 0 ? null : Encoding.UTF8.GetBytes(content.ToString());
        }
    }
}
