namespace Webhooks;

/// <summary>The providers that come with the library.</summary>
public static partial class WebhookProviders
{
    private static IReadOnlyList<WebhookProvider>? _all;

    /// <summary>GitHub ("Validating webhook deliveries").</summary>
    public static WebhookProvider GitHub { get; } = new()
    {
        Name = "github",
        DisplayName = "GitHub",
        Scheme = SignatureSchemes.GitHub,
        ContentTypes = ["application/json", "application/x-www-form-urlencoded"],
        MaxBodySize = 25 * 1024 * 1024,
        PublishedNetworks = new() { Url = new("https://api.github.com/meta"), Paths = ["hooks"] },
    };

    /// <summary>Stripe ("Resolve webhook signature verification errors").</summary>
    public static WebhookProvider Stripe { get; } = new()
    {
        Name = "stripe",
        DisplayName = "Stripe",
        Scheme = SignatureSchemes.Stripe,
        PublishedNetworks = new()
        {
            Url = new("https://stripe.com/files/ips/ips_webhooks.json"),
            Paths = ["WEBHOOKS"],
        },
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
        Adyen, AdyenPlatform, Airtable, AmazonSns, Anthropic, Asana, Bitbucket, Box, Calendly, Chargebee, Clerk,
        CloudEvents, Cursor, Deepgram, Discord, DiscordEvents, DocuSign, Dropbox, ElevenLabs, EventGrid, Gemini, Gitea, GitHub,
        GitLab, GitLabSigned, Hookdeck, HttpMessageSignatures, HubSpot, Intercom, Jira, Line, Linear, LinkedIn,
        Lithic, Mailchimp, Mailgun, Meta, MicrosoftGraph, Nylas, Okta, OpenAI, Paddle, PagerDuty, PayPal, Postmark,
        Pusher, Razorpay, Replicate, Resend, SendGrid, Sentry, ShipBob, Shopify, Slack, Square, StandardWebhooks,
        StandardWebhooksEd25519, Stripe, Svix, TeamsOutgoing, Telegram, Trello, Twilio, Twitch, Typeform, Vercel,
        Webflow, WebSub, WooCommerce, WorkOS, X, Xero, Zendesk, Zoom,
    ];

    private static PublishedNetworks AtlassianNetworks(string product) => new()
    {
        Url = new("https://ip-ranges.atlassian.com/"),
        Paths = [$"items[direction=egress][product={product}].cidr"],
    };

    /// <summary>Finds a provider by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The provider, or <see langword="null"/> if none has that name.</returns>
    public static WebhookProvider? Find(string name) =>
        All.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));
}
