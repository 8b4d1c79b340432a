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

    /// <summary>
    /// Discord's interactions and webhook events ("Interactions overview": validating security request headers). Public
    /// keys are written in 64 hexadecimal digits, as Discord shows them; to simulate Discord, sign with a
    /// <c>whsk_…</c> key.
    /// </summary>
    public static Ed25519SignatureScheme Discord { get; } = new(
        "discord",
        new SignatureLayout
        {
            SignatureHeader = "X-Signature-Ed25519",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}{body}",
            TimestampHeader = "X-Signature-Timestamp",
            MaximumSignatures = 1,
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "/event/type" },
        },
        SecretFormat.Hex);

    /// <summary>The algorithm <c>ed25519</c> of HTTP message signatures, for
    /// <see cref="HttpMessageSignatureOptions.Algorithms"/>.</summary>
    public static HttpSignatureAlgorithm HttpMessageAlgorithm { get; } = new Ed25519HttpSignatureAlgorithm();

    /// <summary>HTTP message signatures (RFC 9421) with ed25519 alone, and otherwise the defaults of
    /// <see cref="HttpMessageSignatureOptions"/>.</summary>
    public static HttpMessageSignatureScheme HttpMessageSignatures { get; } = new(
        "rfc9421-ed25519", new HttpMessageSignatureOptions { Algorithms = [HttpMessageAlgorithm] });

    /// <summary>All of them, for <c>AddWebhookVerification().AddSchemes(…)</c>: providers and configuration then find
    /// them by their names.</summary>
    public static IReadOnlyList<SignatureScheme> All => field ??= [StandardWebhooks, Discord, HttpMessageSignatures];
}
