namespace Webhooks;

/// <content>Schemes that sign the URL.</content>
public static partial class SignatureSchemes
{
    /// <summary>Square ("Verify and validate an event notification"). The signed URL is the notification URL as it
    /// was configured.</summary>
    public static HmacSignatureScheme Square { get; } = new(
        "square",
        new SignatureLayout
        {
            SignatureHeader = "X-Square-Hmacsha256-Signature",
            SignedContent = "{url}{body}",
            Fields = new MessageFields { IdProperty = "event_id", EventTypeProperty = "type" },
        });

    /// <summary>Trello ("Webhooks": webhook signatures): HMAC with SHA-1 over the body and the callback URL. The
    /// secret is the application's.</summary>
    public static HmacSignatureScheme Trello { get; } = new(
        "trello",
        new SignatureLayout
        {
            SignatureHeader = "X-Trello-Webhook",
            SignedContent = "{body}{url}",
            Fields = new MessageFields { IdProperty = "/action/id", EventTypeProperty = "/action/type" },
        },
        HmacAlgorithm.Sha1);

    /// <summary>HubSpot, signatures of version 3 ("Validating requests"). The secret is the client secret. A
    /// request may hold several events and has no id.</summary>
    public static HmacSignatureScheme HubSpot { get; } = new(
        "hubspot",
        new SignatureLayout
        {
            SignatureHeader = "X-HubSpot-Signature-v3",
            SignedContent = "{method}{url}{body}{timestamp}",
            TimestampHeader = "X-HubSpot-Request-Timestamp",
            TimestampFormat = TimestampFormat.UnixMilliseconds,
            UrlForm = HubSpotUrl.Decode,
        });
}
