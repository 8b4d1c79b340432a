using System.Text.Json;

namespace Webhooks;

/// <summary>Microsoft Graph: nothing is signed; each item of the body shows the secret that the subscription was made
/// with.</summary>
internal sealed class GraphSignatureScheme()
    : SignedBodyScheme("graph", SecretFormat.Text, "Write \"clientState\" into each item first.")
{
    private const int MaximumItems = 1024;

    public override bool ShowsSecret => true;

    protected override SignatureVerification Begin(in VerificationContext context) => new Verification(this, context);

    private sealed class Verification(GraphSignatureScheme scheme, VerificationContext context) : BufferedVerification
    {
        public override VerificationResult Complete()
        {
            using var document = JsonText.TryParse(Body);
            if (document is null
                || !document.RootElement.TryGetProperty("value", out var items)
                || items.ValueKind != JsonValueKind.Array
                || items.GetArrayLength() is 0 or > MaximumItems)
            {
                return Refuse(VerificationOutcome.MalformedBody);
            }

            SigningSecret? found = null;
            foreach (var item in items.EnumerateArray())
            {
                if (JsonText.Find(item, "clientState") is not { } shown)
                {
                    return Refuse(VerificationOutcome.MalformedBody);
                }

                var outcome = ShownSecret.Find(scheme, context, shown.AsSpan(), out found);
                if (outcome != VerificationOutcome.Verified)
                {
                    return Refuse(outcome);
                }
            }

            return VerificationResult.Accept(found!, null, null);
        }
    }
}
