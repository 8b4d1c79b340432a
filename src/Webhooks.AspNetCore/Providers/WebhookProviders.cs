namespace Webhooks;

/// <summary>The providers that come with the library.</summary>
public static partial class WebhookProviders
{
    private static IReadOnlyList<WebhookProvider>? _all;

    /// <summary>Any sender that follows Standard Webhooks with shared secrets (specification 1.0.0, v1).</summary>
    public static WebhookProvider StandardWebhooks { get; } = new()
    {
        Name = "standard",
        DisplayName = "Standard Webhooks",
        Scheme = SignatureSchemes.StandardWebhooks,
    };

    /// <summary>GitHub ("Validating webhook deliveries").</summary>
    public static WebhookProvider GitHub { get; } = new()
    {
        Name = "github",
        DisplayName = "GitHub",
        Scheme = SignatureSchemes.GitHub,
        ContentTypes = ["application/json", "application/x-www-form-urlencoded"],
        MaxBodySize = 25 * 1024 * 1024,
    };

    /// <summary>Stripe ("Resolve webhook signature verification errors").</summary>
    public static WebhookProvider Stripe { get; } = new()
    {
        Name = "stripe",
        DisplayName = "Stripe",
        Scheme = SignatureSchemes.Stripe,
    };

    /// <summary>Slack's Events API, interactivity and slash commands ("Verifying requests from Slack").</summary>
    public static WebhookProvider Slack { get; } = new()
    {
        Name = "slack",
        DisplayName = "Slack",
        Scheme = SignatureSchemes.Slack,
        Handshake = new VerifiedEchoHandshake("type", "url_verification"),
        ContentTypes = ["application/json", "application/x-www-form-urlencoded"],
    };

    /// <summary>Shopify ("Deliver webhooks through HTTPS").</summary>
    public static WebhookProvider Shopify { get; } = new()
    {
        Name = "shopify",
        DisplayName = "Shopify",
        Scheme = SignatureSchemes.Shopify,
    };

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<WebhookProvider> All => _all ??=
    [
        Adyen, AdyenPlatform, Airtable, AmazonSns, Asana, Bitbucket, Box, Calendly, CloudEvents, DocuSign, Dropbox,
        ElevenLabs, Gitea, GitHub, GitLab, HubSpot, Intercom, Line, Linear, Mailgun, Meta, MicrosoftGraph,
        Okta, Paddle, PagerDuty, PayPal, Pusher, Razorpay, SendGrid, Sentry, Shopify, Slack, Square,
        StandardWebhooks, Stripe, Svix, TeamsOutgoing, Telegram, Trello, Twilio, Twitch, Typeform, Vercel,
        Webflow, WooCommerce, WorkOS, X, Xero, Zendesk, Zoom,
    ];

    /// <summary>Finds a provider by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The provider, or <see langword="null"/> if none has that name.</returns>
    public static WebhookProvider? Find(string name) =>
        All.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));
}
