namespace Webhooks;

/// <summary>How a signing secret is written as text.</summary>
public enum SecretFormat
{
    /// <summary>
    /// Standard Webhooks: <c>whsec_</c> and base64 of 24 to 64 bytes. The prefix may be left out. <c>whsk_</c> and
    /// <c>whpk_</c> keys (ed25519) are read too.
    /// </summary>
    WebhookSecret,

    /// <summary>The UTF-8 bytes of the text as it stands, prefix included (GitHub, Stripe, Slack, Shopify).</summary>
    Text,

    /// <summary>Base64 (RFC 4648, section 4) of at least one byte, without a prefix.</summary>
    Base64,

    /// <summary>Hexadecimal digits, two a byte, in either case.</summary>
    Hex,

    /// <summary>
    /// A key of an asymmetric algorithm: PEM (<c>-----BEGIN PUBLIC KEY-----</c>, or <c>-----BEGIN PRIVATE KEY-----</c>
    /// without a password), or the base64 inside it on its own.
    /// </summary>
    Pem,
}
