namespace Webhooks;

/// <content>Schemes that sign a timestamp beside the body.</content>
public static partial class SignatureSchemes
{
    /// <summary>Stripe ("Resolve webhook signature verification errors"). The secret is used as text, its
    /// <c>whsec_</c> included.</summary>
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

    /// <summary>Slack ("Verifying requests from Slack"). Requests that carry forms have neither id nor event
    /// type.</summary>
    public static HmacSignatureScheme Slack { get; } = new(
        "slack",
        new SignatureLayout
        {
            SignatureHeader = "X-Slack-Signature",
            Prefix = "v0=",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "v0:{timestamp}:{body}",
            TimestampHeader = "X-Slack-Request-Timestamp",
            Fields = new MessageFields { IdProperty = "event_id", EventTypeProperty = "/event/type" },
        });

    /// <summary>Zoom ("Using webhooks": verify webhook events). A request has no id.</summary>
    public static HmacSignatureScheme Zoom { get; } = new(
        "zoom",
        new SignatureLayout
        {
            SignatureHeader = "x-zm-signature",
            Prefix = "v0=",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "v0:{timestamp}:{body}",
            TimestampHeader = "x-zm-request-timestamp",
            Fields = new MessageFields { EventTypeProperty = "event" },
        });

    /// <summary>Paddle Billing ("Verify webhook signatures"). Paddle asks for a tolerance of five seconds: see that
    /// the clock is right.</summary>
    public static HmacSignatureScheme Paddle { get; } = new(
        "paddle",
        new SignatureLayout
        {
            SignatureHeader = "Paddle-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            ItemSeparator = ';',
            TimestampItem = "ts",
            SignatureItem = "h1",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}:{body}",
            Tolerance = TimeSpan.FromSeconds(5),
            Fields = new MessageFields { IdProperty = "event_id", EventTypeProperty = "event_type" },
        });

    /// <summary>Twitch EventSub ("Handling webhook events"). The id is signed.</summary>
    public static HmacSignatureScheme Twitch { get; } = new(
        "twitch",
        new SignatureLayout
        {
            SignatureHeader = "Twitch-Eventsub-Message-Signature",
            Prefix = "sha256=",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{id}{timestamp}{body}",
            TimestampHeader = "Twitch-Eventsub-Message-Timestamp",
            TimestampFormat = TimestampFormat.Rfc3339,
            Tolerance = TimeSpan.FromMinutes(10),
            Fields = new MessageFields
            {
                IdHeader = "Twitch-Eventsub-Message-Id",
                EventTypeProperty = "/subscription/type",
            },
        });

    /// <summary>Zendesk ("Verifying webhook authenticity"). The id is not signed.</summary>
    public static HmacSignatureScheme Zendesk { get; } = new(
        "zendesk",
        new SignatureLayout
        {
            SignatureHeader = "X-Zendesk-Webhook-Signature",
            SignedContent = "{timestamp}{body}",
            TimestampHeader = "X-Zendesk-Webhook-Signature-Timestamp",
            TimestampFormat = TimestampFormat.Rfc3339,
            Fields = new MessageFields { IdHeader = "X-Zendesk-Webhook-Invocation-Id", EventTypeProperty = "type" },
        });

    /// <summary>Webflow ("Working with webhooks": validating request signatures). A request has no id.</summary>
    public static HmacSignatureScheme Webflow { get; } = new(
        "webflow",
        new SignatureLayout
        {
            SignatureHeader = "x-webflow-signature",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}:{body}",
            TimestampHeader = "x-webflow-timestamp",
            TimestampFormat = TimestampFormat.UnixMilliseconds,
            Fields = new MessageFields { EventTypeProperty = "triggerType" },
        });

    /// <summary>ElevenLabs ("Webhooks": authentication), with its tolerance of half an hour. A request has no
    /// id.</summary>
    public static HmacSignatureScheme ElevenLabs { get; } = new(
        "elevenlabs",
        new SignatureLayout
        {
            SignatureHeader = "ElevenLabs-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            TimestampItem = "t",
            SignatureItem = "v0",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}.{body}",
            Tolerance = TimeSpan.FromMinutes(30),
            Fields = new MessageFields { EventTypeProperty = "type" },
        });

    /// <summary>Calendly ("Webhook signatures"). A request has no id.</summary>
    public static HmacSignatureScheme Calendly { get; } = new(
        "calendly",
        new SignatureLayout
        {
            SignatureHeader = "Calendly-Webhook-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            TimestampItem = "t",
            SignatureItem = "v1",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}.{body}",
            Fields = new MessageFields { EventTypeProperty = "event" },
        });

    /// <summary>WorkOS ("Webhooks": validate the requests). The timestamp counts milliseconds.</summary>
    public static HmacSignatureScheme WorkOS { get; } = new(
        "workos",
        new SignatureLayout
        {
            SignatureHeader = "WorkOS-Signature",
            HeaderFormat = SignatureHeaderFormat.NamedItems,
            TimestampItem = "t",
            SignatureItem = "v1",
            TimestampFormat = TimestampFormat.UnixMilliseconds,
            Encoding = SignatureEncoding.Hex,
            SignedContent = "{timestamp}.{body}",
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "event" },
        });

    /// <summary>Box ("Signature verification"): a primary and a secondary key, each with a header of its own. The
    /// id in the body stays the same when a webhook is sent again, unlike that in <c>BOX-DELIVERY-ID</c>.</summary>
    public static HmacSignatureScheme Box { get; } = new(
        "box",
        new SignatureLayout
        {
            SignatureHeader = "BOX-SIGNATURE-PRIMARY",
            FurtherSignatureHeaders = ["BOX-SIGNATURE-SECONDARY"],
            MaximumSignatures = 1,
            SignedContent = "{body}{timestamp}",
            TimestampHeader = "BOX-DELIVERY-TIMESTAMP",
            TimestampFormat = TimestampFormat.Rfc3339,
            Tolerance = TimeSpan.FromMinutes(10),
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "trigger" },
        });
}
