namespace Webhooks;

/// <summary>The schemes that come with the library.</summary>
public static class SignatureSchemes
{
    /// <summary>Standard Webhooks v1 (specification 1.0.0, "Symmetric"). Secrets are written <c>whsec_…</c>.</summary>
    public static HmacSignatureScheme StandardWebhooks { get; } = new(
        "standard",
        new SignatureLayout
        {
            SignatureHeader = "webhook-signature",
            HeaderFormat = SignatureHeaderFormat.VersionedList,
            SignatureItem = "v1",
            SignedContent = "{id}.{timestamp}.{body}",
            TimestampHeader = "webhook-timestamp",
            Fields = new MessageFields { IdHeader = "webhook-id", EventTypeProperty = "type" },
        },
        secretFormat: SecretFormat.WebhookSecret);

    /// <summary>GitHub ("Validating webhook deliveries"). There is no timestamp, and neither id nor event type is
    /// signed.</summary>
    public static HmacSignatureScheme GitHub { get; } = new(
        "github",
        new SignatureLayout
        {
            SignatureHeader = "X-Hub-Signature-256",
            Prefix = "sha256=",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdHeader = "X-GitHub-Delivery", EventTypeHeader = "X-GitHub-Event" },
        });

    /// <summary>
    /// Stripe ("Resolve webhook signature verification errors"). The secret is used as text, its <c>whsec_</c>
    /// included.
    /// </summary>
    public static HmacSignatureScheme Stripe { get; } = new(
        "stripe",
        new SignatureLayout
        {
            SignatureHeader = "Stripe-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            TimestampItem = "t",
            SignatureItem = "v1",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}.{body}",
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "type" },
        });

    /// <summary>Slack ("Verifying requests from Slack").</summary>
    public static HmacSignatureScheme Slack { get; } = new(
        "slack",
        new SignatureLayout
        {
            SignatureHeader = "X-Slack-Signature",
            Prefix = "v0=",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "v0:{timestamp}:{body}",
            TimestampHeader = "X-Slack-Request-Timestamp",
            Fields = new MessageFields { IdProperty = "event_id", EventTypeProperty = "type" },
        });

    /// <summary>
    /// Shopify ("Deliver webhooks through HTTPS"). There is no timestamp, and neither id nor topic is signed.
    /// </summary>
    public static HmacSignatureScheme Shopify { get; } = new(
        "shopify",
        new SignatureLayout
        {
            SignatureHeader = "X-Shopify-Hmac-Sha256",
            Fields = new MessageFields { IdHeader = "X-Shopify-Webhook-Id", EventTypeHeader = "X-Shopify-Topic" },
        });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SignatureScheme> All { get; } = [StandardWebhooks, GitHub, Stripe, Slack, Shopify];

    /// <summary>Finds a scheme by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The scheme, or <see langword="null"/> if none has that name.</returns>
    public static SignatureScheme? Find(string name) =>
        All.FirstOrDefault(scheme => string.Equals(scheme.Name, name, StringComparison.OrdinalIgnoreCase));
}
