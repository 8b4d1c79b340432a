namespace Webhooks;

/// <summary>The schemes that come with the library. Each can sign as well as verify, so that a sender can be
/// simulated, unless it says otherwise.</summary>
/// <remarks>
/// What a scheme doesn't sign, whoever holds one signed request can change: see
/// <see cref="SignatureScheme.SignsId"/>. Where there is no timestamp, an old request stays valid for ever.
/// </remarks>
public static partial class SignatureSchemes
{
    /// <summary>Standard Webhooks v1 (specification 1.0.0, "Symmetric"), of OpenAI, Replicate, GitLab and many others.
    /// Secrets are written <c>whsec_…</c>.</summary>
    public static HmacSignatureScheme StandardWebhooks { get; } = new(
        "standard",
        new SignatureLayout
        {
            SignatureHeader = "webhook-signature",
            HeaderFormat = SignatureHeaderFormat.VersionedList,
            SignatureItem = "v1",
            SignedContent = "{id}.{timestamp}.{body}",
            TimestampHeader = "webhook-timestamp",
            Fields = new MessageFields { IdHeader = "webhook-id", EventTypeProperty = "type" },
        },
        secretFormat: SecretFormat.WebhookSecret);

    /// <summary>Svix ("Verifying payloads manually"), and those who send through it, such as Clerk and Resend: Standard
    /// Webhooks with headers of its own.</summary>
    public static HmacSignatureScheme Svix { get; } = new(
        "svix",
        new SignatureLayout
        {
            SignatureHeader = "svix-signature",
            HeaderFormat = SignatureHeaderFormat.VersionedList,
            SignatureItem = "v1",
            SignedContent = "{id}.{timestamp}.{body}",
            TimestampHeader = "svix-timestamp",
            Fields = new MessageFields { IdHeader = "svix-id", EventTypeProperty = "type" },
        },
        secretFormat: SecretFormat.WebhookSecret);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SignatureScheme> All => field ??=
    [
        StandardWebhooks, Svix, GitHub, Stripe, Slack, Shopify, Bitbucket, Meta, Dropbox, Xero, WooCommerce, Typeform,
        PagerDuty, DocuSign, AdyenPlatform, Linear, Airtable, TeamsOutgoing, Gitea, Sentry, Razorpay, Line, Pusher, X,
        Asana, Cursor, Hookdeck, LinkedIn, Nylas, WebSub, WebSubSha1, Intercom, Vercel, Zoom, Paddle, Twitch, Zendesk,
        Webflow, ElevenLabs, Calendly, WorkOS, Box, Square, Trello, HubSpot, GitLab, Telegram, Okta, Deepgram, CloudEvents,
        Basic, UrlToken, Twilio, SendGrid, Mailgun, AmazonSns, AmazonSnsV1, PayPal, Adyen, HubSpotV1, HubSpotV2,
        MicrosoftGraph, HttpMessageSignatures,
    ];

    /// <summary>Finds a scheme by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The scheme, or <see langword="null"/> if none has that name.</returns>
    public static SignatureScheme? Find(string name) =>
        All.FirstOrDefault(scheme => string.Equals(scheme.Name, name, StringComparison.OrdinalIgnoreCase));
}
