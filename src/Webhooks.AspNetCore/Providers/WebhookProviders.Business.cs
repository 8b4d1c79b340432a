namespace Webhooks;

public static partial class WebhookProviders
{
    /// <summary>Meta: Facebook, Instagram, WhatsApp.</summary>
    public static WebhookProvider Meta { get; } = new()
    {
        Name = SignatureSchemes.Meta.Name,
        DisplayName = "Meta",
        Scheme = SignatureSchemes.Meta,
        MaxBodySize = 3 * 1024 * 1024,
        Handshake = new MetaHandshake(),
    };

    /// <summary>X, whose challenge is answered with a signature.</summary>
    public static WebhookProvider X { get; } = new()
    {
        Name = SignatureSchemes.X.Name,
        DisplayName = "X",
        Scheme = SignatureSchemes.X,
        Handshake = new CrcHandshake(),
    };

    /// <summary>Twitch EventSub.</summary>
    public static WebhookProvider Twitch { get; } = new()
    {
        Name = SignatureSchemes.Twitch.Name,
        DisplayName = "Twitch EventSub",
        Scheme = SignatureSchemes.Twitch,
        Handshake = new TwitchHandshake(),
    };

    /// <summary>Zoom.</summary>
    public static WebhookProvider Zoom { get; } = new()
    {
        Name = SignatureSchemes.Zoom.Name,
        DisplayName = "Zoom",
        Scheme = SignatureSchemes.Zoom,
        Handshake = new ZoomHandshake(),
    };

    /// <summary>LINE.</summary>
    public static WebhookProvider Line { get; } = new()
    {
        Name = SignatureSchemes.Line.Name,
        DisplayName = "LINE",
        Scheme = SignatureSchemes.Line,
    };

    /// <summary>Microsoft Teams outgoing webhooks.</summary>
    public static WebhookProvider TeamsOutgoing { get; } = new()
    {
        Name = SignatureSchemes.TeamsOutgoing.Name,
        DisplayName = "Microsoft Teams",
        Scheme = SignatureSchemes.TeamsOutgoing,
    };

    /// <summary>Intercom.</summary>
    public static WebhookProvider Intercom { get; } = new()
    {
        Name = SignatureSchemes.Intercom.Name,
        DisplayName = "Intercom",
        Scheme = SignatureSchemes.Intercom,
    };

    /// <summary>Zendesk.</summary>
    public static WebhookProvider Zendesk { get; } = new()
    {
        Name = SignatureSchemes.Zendesk.Name,
        DisplayName = "Zendesk",
        Scheme = SignatureSchemes.Zendesk,
    };

    /// <summary>HubSpot, version 3 of its signature.</summary>
    public static WebhookProvider HubSpot { get; } = new()
    {
        Name = SignatureSchemes.HubSpot.Name,
        DisplayName = "HubSpot",
        Scheme = SignatureSchemes.HubSpot,
    };

    /// <summary>Twilio.</summary>
    public static WebhookProvider Twilio { get; } = new()
    {
        Name = SignatureSchemes.Twilio.Name,
        DisplayName = "Twilio",
        Scheme = SignatureSchemes.Twilio,
        ContentTypes = ["application/x-www-form-urlencoded", "application/json"],
    };

    /// <summary>SendGrid's Event Webhook.</summary>
    public static WebhookProvider SendGrid { get; } = new()
    {
        Name = SignatureSchemes.SendGrid.Name,
        DisplayName = "SendGrid",
        Scheme = SignatureSchemes.SendGrid,
    };

    /// <summary>Mailgun, which doesn't sign the event itself.</summary>
    public static WebhookProvider Mailgun { get; } = new()
    {
        Name = SignatureSchemes.Mailgun.Name,
        DisplayName = "Mailgun",
        Scheme = SignatureSchemes.Mailgun,
        RequiresOk = true,
    };

    /// <summary>Square.</summary>
    public static WebhookProvider Square { get; } = new()
    {
        Name = SignatureSchemes.Square.Name,
        DisplayName = "Square",
        Scheme = SignatureSchemes.Square,
    };

    /// <summary>Paddle Billing.</summary>
    public static WebhookProvider Paddle { get; } = new()
    {
        Name = SignatureSchemes.Paddle.Name,
        DisplayName = "Paddle Billing",
        Scheme = SignatureSchemes.Paddle,
    };

    /// <summary>WooCommerce.</summary>
    public static WebhookProvider WooCommerce { get; } = new()
    {
        Name = SignatureSchemes.WooCommerce.Name,
        DisplayName = "WooCommerce",
        Scheme = SignatureSchemes.WooCommerce,
        Handshake = new WooCommerceHandshake(),
    };

    /// <summary>Xero.</summary>
    public static WebhookProvider Xero { get; } = new()
    {
        Name = SignatureSchemes.Xero.Name,
        DisplayName = "Xero",
        Scheme = SignatureSchemes.Xero,
        Handshake = new XeroHandshake(),
    };
}
