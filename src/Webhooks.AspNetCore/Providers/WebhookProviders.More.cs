namespace Webhooks;

public static partial class WebhookProviders
{
    /// <summary>Discord's interactions. Their scheme comes with the package Webhooks.Ed25519.</summary>
    public static WebhookProvider Discord { get; } = new()
    {
        Name = "discord",
        DisplayName = "Discord interactions",
        SchemeName = "discord",
        SchemeHint = SchemePackages.Ed25519,
        Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "type" },
        Handshake = new DiscordHandshake(),
    };

    /// <summary>Discord's webhook events, which have no id. Their scheme comes with the package
    /// Webhooks.Ed25519.</summary>
    public static WebhookProvider DiscordEvents { get; } = new()
    {
        Name = "discord-events",
        DisplayName = "Discord webhook events",
        SchemeName = "discord",
        SchemeHint = SchemePackages.Ed25519,
        Fields = new MessageFields { EventTypeProperty = "/event/type" },
        Handshake = new DiscordEventsHandshake(),
    };

    /// <summary>LinkedIn, whose challenge is answered with a signature.</summary>
    public static WebhookProvider LinkedIn { get; } = new()
    {
        Name = SignatureSchemes.LinkedIn.Name,
        DisplayName = "LinkedIn",
        Scheme = SignatureSchemes.LinkedIn,
        Handshake = new LinkedInHandshake(),
    };

    /// <summary>Nylas, version 3.</summary>
    public static WebhookProvider Nylas { get; } = new()
    {
        Name = SignatureSchemes.Nylas.Name,
        DisplayName = "Nylas",
        Scheme = SignatureSchemes.Nylas,
        Handshake = new EchoHandshake("challenge"),
    };

    /// <summary>Any WebSub hub that signs with SHA-256; its content may be of any type. For hubs that sign with SHA-1
    /// there is <see cref="SignatureSchemes.WebSubSha1"/>.</summary>
    public static WebhookProvider WebSub { get; } = new()
    {
        Name = SignatureSchemes.WebSub.Name,
        DisplayName = "WebSub",
        Scheme = SignatureSchemes.WebSub,
        ContentTypes = [],
        Handshake = new WebSubHandshake(),
    };

    /// <summary>Any sender of HTTP message signatures (RFC 9421), with the defaults of <see
    /// cref="HttpMessageSignatureOptions"/>. Configuration says otherwise with <c>HttpSignatures</c>.</summary>
    public static WebhookProvider HttpMessageSignatures { get; } = new()
    {
        Name = SignatureSchemes.HttpMessageSignatures.Name,
        DisplayName = "HTTP message signatures",
        Scheme = SignatureSchemes.HttpMessageSignatures,
    };

    /// <summary>Jira Cloud.</summary>
    public static WebhookProvider Jira { get; } = new()
    {
        Name = "jira",
        DisplayName = "Jira",
        Scheme = SignatureSchemes.Bitbucket,
        PublishedNetworks = AtlassianNetworks("jira"),
        Fields = new MessageFields
        {
            IdHeader = "X-Atlassian-Webhook-Identifier",
            EventTypeProperty = "webhookEvent",
        },
    };

    /// <summary>Cursor's cloud agents.</summary>
    public static WebhookProvider Cursor { get; } = new()
    {
        Name = SignatureSchemes.Cursor.Name,
        DisplayName = "Cursor",
        Scheme = SignatureSchemes.Cursor,
    };

    /// <summary>Hookdeck Event Gateway, which passes on what others send, of any type.</summary>
    public static WebhookProvider Hookdeck { get; } = new()
    {
        Name = SignatureSchemes.Hookdeck.Name,
        DisplayName = "Hookdeck",
        Scheme = SignatureSchemes.Hookdeck,
        ContentTypes = [],
    };

    /// <summary>Razorpay.</summary>
    public static WebhookProvider Razorpay { get; } = new()
    {
        Name = SignatureSchemes.Razorpay.Name,
        DisplayName = "Razorpay",
        Scheme = SignatureSchemes.Razorpay,
    };

    /// <summary>Adyen for platforms.</summary>
    public static WebhookProvider AdyenPlatform { get; } = new()
    {
        Name = SignatureSchemes.AdyenPlatform.Name,
        DisplayName = "Adyen for platforms",
        Scheme = SignatureSchemes.AdyenPlatform,
    };

    /// <summary>Adyen payments, which sign eight fields of each item.</summary>
    public static WebhookProvider Adyen { get; } = new()
    {
        Name = SignatureSchemes.Adyen.Name,
        DisplayName = "Adyen payments",
        Scheme = SignatureSchemes.Adyen,
    };
}
