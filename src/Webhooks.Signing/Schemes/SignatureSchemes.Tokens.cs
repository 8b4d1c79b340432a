namespace Webhooks;

/// <content>Schemes that show a secret and sign nothing: see <see cref="TokenSignatureScheme"/>.</content>
public static partial class SignatureSchemes
{
    /// <summary>GitLab's secret token ("Webhooks": validate payloads by using a secret token). Newer GitLab can sign:
    /// use <see cref="StandardWebhooks"/> then.</summary>
    public static TokenSignatureScheme GitLab { get; } = new(
        "gitlab",
        "X-Gitlab-Token",
        fields: new MessageFields { IdHeader = "Idempotency-Key", EventTypeHeader = "X-Gitlab-Event" });

    /// <summary>Telegram Bot API ("setWebhook": <c>secret_token</c>).</summary>
    public static TokenSignatureScheme Telegram { get; } = new(
        "telegram", "X-Telegram-Bot-Api-Secret-Token", fields: new MessageFields { IdProperty = "update_id" });

    /// <summary>Okta event hooks ("Event hooks": <c>authScheme</c>). The header is <c>Authorization</c>, and the secret
    /// its whole value.</summary>
    public static TokenSignatureScheme Okta { get; } = new(
        "okta",
        "Authorization",
        fields: new MessageFields { IdProperty = "eventId", EventTypeProperty = "/data/events/0/eventType" });

    /// <summary>Deepgram's callbacks as they were up to October 2026: the secret is the id of the API key. Since then
    /// Deepgram wants them to be verified with <see cref="Basic"/> ("Callback": authenticating callback
    /// requests).</summary>
    public static TokenSignatureScheme Deepgram { get; } = new("deepgram", "dg-token");

    /// <summary>CloudEvents over HTTP, binary or structured, with a bearer token ("HTTP 1.1 Web Hooks for event
    /// delivery", section "Authorization"). The id is the event's source and its id, with a space between: only together
    /// they are unique.</summary>
    public static TokenSignatureScheme CloudEvents { get; } = new(
        "cloudevents",
        "Authorization",
        "Bearer ",
        new MessageFields
        {
            IdHeader = "ce-id",
            IdProperty = "id",
            IdScopeHeader = "ce-source",
            IdScopeProperty = "source",
            EventTypeHeader = "ce-type",
            EventTypeProperty = "type",
            StructuredMediaType = "application/cloudevents+json",
        });

    /// <summary>HTTP Basic authentication (RFC 7617), of Chargebee, Deepgram and Postmark among others. The secret is
    /// <c>user:password</c>.</summary>
    public static SignatureScheme Basic { get; } = new BasicSignatureScheme("basic");

    /// <summary>A token in the URL that the sender was given, for senders that can't do anything else: the secret is the
    /// parameter <c>token</c> of the query. See to it that no log and no proxy on the way keeps the URL.</summary>
    public static UrlTokenSignatureScheme UrlToken { get; } = new("url-token");

    /// <summary>Microsoft Graph's change notifications ("Receive change notifications through webhooks"): every item
    /// shows the subscription's <c>clientState</c>, the secret. Signing checks that the body shows it
    /// already.</summary>
    public static SignatureScheme MicrosoftGraph { get; } = new GraphSignatureScheme();
}
