namespace Webhooks;

/// <content>More schemes that sign the body and nothing else.</content>
public static partial class SignatureSchemes
{
    /// <summary>Gitea and Forgejo ("Webhooks"). Neither id nor event type is signed.</summary>
    public static HmacSignatureScheme Gitea { get; } = new(
        "gitea",
        new SignatureLayout
        {
            SignatureHeader = "X-Gitea-Signature",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdHeader = "X-Gitea-Delivery", EventTypeHeader = "X-Gitea-Event" },
        });

    /// <summary>Sentry ("Integration platform: Webhooks"). Neither id nor resource is signed.</summary>
    public static HmacSignatureScheme Sentry { get; } = new(
        "sentry",
        new SignatureLayout
        {
            SignatureHeader = "Sentry-Hook-Signature",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdHeader = "Request-ID", EventTypeHeader = "Sentry-Hook-Resource" },
        });

    /// <summary>Razorpay ("Validate and test webhooks"). The id is not signed.</summary>
    public static HmacSignatureScheme Razorpay { get; } = new(
        "razorpay",
        new SignatureLayout
        {
            SignatureHeader = "X-Razorpay-Signature",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdHeader = "x-razorpay-event-id", EventTypeProperty = "event" },
        });

    /// <summary>LINE Messaging API ("Verify webhook signature"). The secret is the channel secret. A request may
    /// hold several events and has no id.</summary>
    public static HmacSignatureScheme Line { get; } = new(
        "line",
        new SignatureLayout
        {
            SignatureHeader = "x-line-signature",
        });

    /// <summary>Pusher Channels ("Webhooks"). The secret is that of the token which <c>X-Pusher-Key</c> names. A
    /// request may hold several events and has no id.</summary>
    public static HmacSignatureScheme Pusher { get; } = new(
        "pusher",
        new SignatureLayout
        {
            SignatureHeader = "X-Pusher-Signature",
            Encoding = SignatureEncoding.Hex,
        });

    /// <summary>X, formerly Twitter ("Securing webhooks"). The secret is the consumer secret. A request may hold
    /// several events and has no id.</summary>
    public static HmacSignatureScheme X { get; } = new(
        "x",
        new SignatureLayout
        {
            SignatureHeader = "x-twitter-webhooks-signature",
            Prefix = "sha256=",
        });

    /// <summary>Asana ("Webhooks guide"). The secret is the <c>X-Hook-Secret</c> of the handshake. A request may
    /// hold several events and has no id.</summary>
    public static HmacSignatureScheme Asana { get; } = new(
        "asana",
        new SignatureLayout
        {
            SignatureHeader = "X-Hook-Signature",
            Encoding = SignatureEncoding.Hex,
        });

    /// <summary>Cursor ("Cloud agents API: Webhooks"). Neither id nor event type is signed.</summary>
    public static HmacSignatureScheme Cursor { get; } = new(
        "cursor",
        new SignatureLayout
        {
            SignatureHeader = "X-Webhook-Signature",
            Prefix = "sha256=",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdHeader = "X-Webhook-ID", EventTypeHeader = "X-Webhook-Event" },
        });

    /// <summary>Hookdeck Event Gateway ("Webhook signature verification"): a second header while the secret
    /// changes. The id is not signed.</summary>
    public static HmacSignatureScheme Hookdeck { get; } = new(
        "hookdeck",
        new SignatureLayout
        {
            SignatureHeader = "x-hookdeck-signature",
            FurtherSignatureHeaders = ["x-hookdeck-signature-2"],
            Fields = new MessageFields { IdHeader = "x-hookdeck-eventid" },
        });

    /// <summary>Intercom ("Signed notifications"): HMAC with SHA-1. The secret is the client secret.</summary>
    public static HmacSignatureScheme Intercom { get; } = new(
        "intercom",
        new SignatureLayout
        {
            SignatureHeader = "X-Hub-Signature",
            Prefix = "sha1=",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "topic" },
        },
        HmacAlgorithm.Sha1);

    /// <summary>Vercel ("Webhooks API: Securing webhooks"): HMAC with SHA-1.</summary>
    public static HmacSignatureScheme Vercel { get; } = new(
        "vercel",
        new SignatureLayout
        {
            SignatureHeader = "x-vercel-signature",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "type" },
        },
        HmacAlgorithm.Sha1);
}
