using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Webhooks;

/// <summary>Adyen's payment webhooks: each item of the body holds a signature of eight of its fields.</summary>
internal sealed class AdyenSignatureScheme()
    : SignedBodyScheme("adyen", SecretFormat.Hex, "Write additionalData.hmacSignature into each item first.")
{
    private const int MaximumItems = 64;

    public override bool SignsId => true;

    public override MessageFields Fields { get; } = new()
    {
        EventTypeProperty = "/notificationItems/0/NotificationRequestItem/eventCode",
    };

    protected override SignatureVerification Begin(in VerificationContext context) => new Verification(this, context);

    /// <summary>What is signed of an item; null where it lacks what it is known by.</summary>
    private static string? ContentOf(JsonElement item)
    {
        var amount = item.TryGetProperty("amount", out var value) ? value : default;
        var success = item.TryGetProperty("success", out var flag)
            && flag.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? flag.GetRawText()
                : JsonText.Find(item, "success");
        return JsonText.Find(item, "pspReference") is not { Length: > 0 } reference ? null : string.Join(
            ':',
            reference,
            JsonText.Find(item, "originalReference"),
            JsonText.Find(item, "merchantAccountCode"),
            JsonText.Find(item, "merchantReference"),
            JsonText.Find(amount, "value"),
            JsonText.Find(amount, "currency"),
            JsonText.Find(item, "eventCode"),
            success);
    }

    private sealed class Verification(AdyenSignatureScheme scheme, VerificationContext context) : BufferedVerification
    {
        public override VerificationResult Complete()
        {
            using var document = JsonText.TryParse(Body);
            if (document is null
                || !document.RootElement.TryGetProperty("notificationItems", out var items)
                || items.ValueKind != JsonValueKind.Array
                || items.GetArrayLength() is 0 or > MaximumItems)
            {
                return Refuse(VerificationOutcome.MalformedBody);
            }

            SigningSecret? secret = null;
            foreach (var entry in items.EnumerateArray())
            {
                var outcome = Check(entry, out secret);
                if (outcome != VerificationOutcome.Verified)
                {
                    return Refuse(outcome);
                }
            }

            return VerificationResult.Accept(secret!, IdOf(items), null);
        }

        private VerificationOutcome Check(JsonElement entry, out SigningSecret? secret)
        {
            secret = null;
            if (entry.ValueKind != JsonValueKind.Object
                || !entry.TryGetProperty("NotificationRequestItem", out var item)
                || item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("additionalData", out var data)
                || JsonText.Find(data, "hmacSignature") is not { } text
                || ContentOf(item) is not { } content)
            {
                return VerificationOutcome.MalformedBody;
            }

            Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
            return SignatureEncodings.TryRead(SignatureEncoding.Base64, text, signature)
                ? KeyedHash.Find(
                    scheme, context, HmacAlgorithm.Sha256, Encoding.UTF8.GetBytes(content), signature, out secret)
                : VerificationOutcome.MalformedSignature;
        }

        // A repeated event has the same reference and code; several items have no id in common.
        private static string? IdOf(JsonElement items)
        {
            var item = items[0].GetProperty("NotificationRequestItem");
            var id = $"{JsonText.Find(item, "pspReference")}:{JsonText.Find(item, "eventCode")}";
            return items.GetArrayLength() == 1 && HeaderRules.IsPlain(id) ? id : null;
        }
    }
}
