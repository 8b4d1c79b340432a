using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Webhooks;

/// <summary>Adyen's payment webhooks: the one item of the body holds a signature of eight of its fields.</summary>
internal sealed class AdyenSignatureScheme()
    : SignedBodyScheme("adyen", SecretFormat.Hex, "Write additionalData.hmacSignature into its item first.")
{
    public override MessageFields Fields { get; } = new()
    {
        EventTypeProperty = "/notificationItems/0/NotificationRequestItem/eventCode",
    };

    protected override SignatureVerification Begin(in VerificationContext context) => new Verification(this, context);

    /// <summary>What is signed of an item; null where it lacks what it is known by, or could mean another one.</summary>
    private static string? ContentOf(JsonElement item)
    {
        var amount = item.TryGetProperty("amount", out var value) ? value : default;
        var success = item.TryGetProperty("success", out var flag)
            && flag.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? flag.GetRawText()
                : JsonText.Find(item, "success");
        string?[] before =
        [
            JsonText.Find(item, "pspReference"),
            JsonText.Find(item, "originalReference"),
            JsonText.Find(item, "merchantAccountCode"),
        ];
        string?[] after =
            [JsonText.Find(amount, "value"), JsonText.Find(amount, "currency"), JsonText.Find(item, "eventCode"), success];

        // Only the merchant's own reference may hold the colon that parts them: with two such fields, one signature would
        // fit several items.
        return string.IsNullOrEmpty(before[0]) || Array.Exists(before, HasColon) || Array.Exists(after, HasColon)
            ? null
            : string.Join(':', [.. before, JsonText.Find(item, "merchantReference"), .. after]);
    }

    private static bool HasColon(string? field) => field?.Contains(':', StringComparison.Ordinal) is true;

    private sealed class Verification(AdyenSignatureScheme scheme, VerificationContext context) : BufferedVerification
    {
        public override VerificationResult Complete()
        {
            using var document = JsonText.TryParse(Body);
            return document is not null && FindItem(document.RootElement) is { } item
                ? Judge(item)
                : Refuse(VerificationOutcome.MalformedBody);
        }

        // Adyen sends one item in JSON. Each has its own signature, so of several anybody could make other selections.
        private static JsonElement? FindItem(JsonElement root) =>
            root.TryGetProperty("notificationItems", out var items)
            && items.ValueKind == JsonValueKind.Array
            && items.GetArrayLength() == 1
            && items[0].ValueKind == JsonValueKind.Object
            && items[0].TryGetProperty("NotificationRequestItem", out var item)
            && item.ValueKind == JsonValueKind.Object
                ? item
                : null;

        private VerificationResult Judge(JsonElement item)
        {
            if (!item.TryGetProperty("additionalData", out var data)
                || JsonText.Find(data, "hmacSignature") is not { } text
                || ContentOf(item) is not { } content)
            {
                return Refuse(VerificationOutcome.MalformedBody);
            }

            Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
            if (!SignatureEncodings.TryRead(SignatureEncoding.Base64, text, signature))
            {
                return Refuse(VerificationOutcome.MalformedSignature);
            }

            var signed = Encoding.UTF8.GetBytes(content);
            var outcome = KeyedHash.Find(scheme, context, HmacAlgorithm.Sha256, signed, signature, out var secret);

            // An event may come again with other fields, which Adyen wants to be taken for the newer truth.
            return outcome != VerificationOutcome.Verified ? Refuse(outcome)
                : VerificationResult.Accept(secret!, IdOf(item), null) with { ContentDigest = SHA256.HashData(signed) };
        }

        private static string? IdOf(JsonElement item)
        {
            var id = $"{JsonText.Find(item, "pspReference")}:{JsonText.Find(item, "eventCode")}";
            return HeaderRules.IsPlain(id) ? id : null;
        }
    }
}
