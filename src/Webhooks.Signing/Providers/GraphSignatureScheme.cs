using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Webhooks;

/// <summary>Microsoft Graph: nothing is signed; each item of the body shows the secret that the subscription was made
/// with.</summary>
internal sealed class GraphSignatureScheme() : SharedSecretScheme("graph", SecretFormat.Text)
{
    private const int MaximumItems = 1024;

    public override IReadOnlyList<string> Headers => [];

    /// <summary>Checks that the body shows the secret already, since it is part of it.</summary>
    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        var asked = new VerificationContext
        {
            Headers = default,
            Secrets = [ActiveSecrets.FirstToSign(this, context)],
            Now = context.Timestamp,
        };
        if (!Verify(asked, body).IsVerified)
        {
            throw new InvalidOperationException(
                "Graph's secret is part of the body. Write \"clientState\" into each item first.");
        }
    }

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        verification = new Verification(this, context);
        refusal = default;
        return true;
    }

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
