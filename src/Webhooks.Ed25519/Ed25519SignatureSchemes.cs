namespace Webhooks;

/// <summary>The schemes that sign with ed25519.</summary>
public static class Ed25519SignatureSchemes
{
    /// <summary>
    /// Standard Webhooks v1a (specification 1.0.0, "Asymmetric"). Private keys are written <c>whsk_…</c>, public keys
    /// <c>whpk_…</c>.
    /// </summary>
    public static Ed25519SignatureScheme StandardWebhooks { get; } = new(
        "ed25519",
        SignatureSchemes.StandardWebhooks.Layout with
        {
            SignatureItem = "v1a",

            // Unlike an HMAC, which is computed once, each signature is checked anew.
            MaximumSignatures = 8,
        });
}
