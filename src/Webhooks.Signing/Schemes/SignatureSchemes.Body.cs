namespace Webhooks;

/// <content>Schemes that sign the body and nothing else.</content>
public static partial class SignatureSchemes
{
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

    /// <summary>Shopify ("Deliver webhooks through HTTPS"). There is no timestamp, and neither id nor topic is
    /// signed.</summary>
    public static HmacSignatureScheme Shopify { get; } = new(
        "shopify",
        new SignatureLayout
        {
            SignatureHeader = "X-Shopify-Hmac-Sha256",
            Fields = new MessageFields { IdHeader = "X-Shopify-Webhook-Id", EventTypeHeader = "X-Shopify-Topic" },
        });

    /// <summary>Bitbucket and Jira of Atlassian ("Manage webhooks"). Neither id nor event type is signed.</summary>
    public static HmacSignatureScheme Bitbucket { get; } = new(
        "bitbucket",
        new SignatureLayout
        {
            SignatureHeader = "X-Hub-Signature",
            Prefix = "sha256=",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdHeader = "X-Request-UUID", EventTypeHeader = "X-Event-Key" },
        });

    /// <summary>Meta: Facebook, Instagram and WhatsApp ("Webhooks: Validating Payloads"). The secret is the app
    /// secret. A request may hold several events and has no id.</summary>
    public static HmacSignatureScheme Meta { get; } = new(
        "meta",
        new SignatureLayout
        {
            SignatureHeader = "X-Hub-Signature-256",
            Prefix = "sha256=",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { EventTypeProperty = "object" },
        });

    /// <summary>Dropbox ("Webhooks"). The secret is the app secret. A request says only who has news, and has no
    /// id.</summary>
    public static HmacSignatureScheme Dropbox { get; } = new(
        "dropbox",
        new SignatureLayout
        {
            SignatureHeader = "X-Dropbox-Signature",
            Encoding = SignatureEncoding.Hex,
        });

    /// <summary>Xero ("Configuring your server": intent to receive). A request may hold several events and has no
    /// id.</summary>
    public static HmacSignatureScheme Xero { get; } = new(
        "xero",
        new SignatureLayout
        {
            SignatureHeader = "x-xero-signature",
        });

    /// <summary>WooCommerce ("Webhooks"). Neither id nor topic is signed.</summary>
    public static HmacSignatureScheme WooCommerce { get; } = new(
        "woocommerce",
        new SignatureLayout
        {
            SignatureHeader = "X-WC-Webhook-Signature",
            Fields = new MessageFields
            {
                IdHeader = "X-WC-Webhook-Delivery-ID",
                EventTypeHeader = "X-WC-Webhook-Topic",
            },
        });

    /// <summary>Typeform ("Secure your webhooks").</summary>
    public static HmacSignatureScheme Typeform { get; } = new(
        "typeform",
        new SignatureLayout
        {
            SignatureHeader = "Typeform-Signature",
            Prefix = "sha256=",
            Fields = new MessageFields { IdProperty = "event_id", EventTypeProperty = "event_type" },
        });

    /// <summary>PagerDuty, webhooks of version 3 ("Verifying webhook signatures").</summary>
    public static HmacSignatureScheme PagerDuty { get; } = new(
        "pagerduty",
        new SignatureLayout
        {
            SignatureHeader = "X-PagerDuty-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            SignatureItem = "v1",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdProperty = "/event/id", EventTypeProperty = "/event/event_type" },
        });

    /// <summary>DocuSign Connect ("HMAC security for Connect"): a header for each of up to ten keys. The secret is
    /// used as text, though it looks like base64.</summary>
    public static HmacSignatureScheme DocuSign { get; } = new(
        "docusign",
        new SignatureLayout
        {
            SignatureHeader = "X-DocuSign-Signature-1",
            FurtherSignatureHeaders = [.. Enumerable.Range(2, 9).Select(key => $"X-DocuSign-Signature-{key}")],
            MaximumSignatures = 1,
            Fields = new MessageFields { EventTypeProperty = "event" },
        });

    /// <summary>Adyen for Platforms and balance platform webhooks ("Verify HMAC signatures"). The secret is written
    /// in hexadecimal digits.</summary>
    public static HmacSignatureScheme AdyenPlatform { get; } = new(
        "adyen-platform",
        new SignatureLayout
        {
            SignatureHeader = "HmacSignature",
            Fields = new MessageFields { EventTypeProperty = "type" },
        },
        secretFormat: SecretFormat.Hex);

    /// <summary>Linear ("Webhooks": securing webhooks). The timestamp lies in the body, and what is older than a
    /// minute is refused; id and event type are not signed.</summary>
    public static HmacSignatureScheme Linear { get; } = new(
        "linear",
        new SignatureLayout
        {
            SignatureHeader = "Linear-Signature",
            Encoding = SignatureEncoding.Hex,
            TimestampProperty = "webhookTimestamp",
            TimestampFormat = TimestampFormat.UnixMilliseconds,
            Tolerance = TimeSpan.FromMinutes(1),
            Fields = new MessageFields { IdHeader = "Linear-Delivery", EventTypeHeader = "Linear-Event" },
        });

    /// <summary>Airtable ("Webhooks overview"). The secret is base64, as the API returns it
    /// (<c>macSecretBase64</c>).</summary>
    public static HmacSignatureScheme Airtable { get; } = new(
        "airtable",
        new SignatureLayout
        {
            SignatureHeader = "X-Airtable-Content-MAC",
            Prefix = "hmac-sha256=",
            Encoding = SignatureEncoding.Hex,
        },
        secretFormat: SecretFormat.Base64);

    /// <summary>Microsoft Teams outgoing webhooks ("Create an Outgoing Webhook"). The secret is base64.</summary>
    public static HmacSignatureScheme TeamsOutgoing { get; } = new(
        "teams",
        new SignatureLayout
        {
            SignatureHeader = "Authorization",
            Prefix = "HMAC ",
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "type" },
        },
        secretFormat: SecretFormat.Base64);
}
