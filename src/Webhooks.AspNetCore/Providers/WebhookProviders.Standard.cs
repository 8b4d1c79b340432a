namespace Webhooks;

/// <content>Senders that follow Standard Webhooks, and what each adds to it.</content>
public static partial class WebhookProviders
{
    /// <summary>Any sender that follows Standard Webhooks with shared secrets (specification 1.0.0, v1).</summary>
    public static WebhookProvider StandardWebhooks { get; } = new()
    {
        Name = "standard",
        DisplayName = "Standard Webhooks",
        Scheme = SignatureSchemes.StandardWebhooks,
    };

    /// <summary>Any sender that follows Standard Webhooks with ed25519 keys (specification 1.0.0, v1a). Its scheme
    /// comes with the package Webhooks.Ed25519.</summary>
    public static WebhookProvider StandardWebhooksEd25519 { get; } = new()
    {
        Name = "standard-ed25519",
        DisplayName = "Standard Webhooks v1a",
        SchemeName = "ed25519",
        SchemeHint = SchemePackages.Ed25519,
    };

    /// <summary>Svix, and those who send through it: Clerk, Resend and others.</summary>
    public static WebhookProvider Svix { get; } = new()
    {
        Name = SignatureSchemes.Svix.Name,
        DisplayName = "Svix",
        Scheme = SignatureSchemes.Svix,
    };

    /// <summary>Clerk, through Svix.</summary>
    public static WebhookProvider Clerk { get; } = new()
    {
        Name = "clerk",
        DisplayName = "Clerk",
        Scheme = SignatureSchemes.Svix,
    };

    /// <summary>Resend, through Svix.</summary>
    public static WebhookProvider Resend { get; } = new()
    {
        Name = "resend",
        DisplayName = "Resend",
        Scheme = SignatureSchemes.Svix,
    };

    /// <summary>OpenAI.</summary>
    public static WebhookProvider OpenAI { get; } = new()
    {
        Name = "openai",
        DisplayName = "OpenAI",
        Scheme = SignatureSchemes.StandardWebhooks,
    };

    /// <summary>Claude's managed agents, whose events have their type in <c>data</c>.</summary>
    public static WebhookProvider Anthropic { get; } = new()
    {
        Name = "anthropic",
        DisplayName = "Anthropic",
        Scheme = SignatureSchemes.StandardWebhooks,
        Fields = new MessageFields { IdHeader = "webhook-id", EventTypeProperty = "/data/type" },
    };

    /// <summary>Google's Gemini API, with static webhooks. Those of single jobs are signed with a JSON Web Token
    /// instead.</summary>
    public static WebhookProvider Gemini { get; } = new()
    {
        Name = "gemini",
        DisplayName = "Google Gemini",
        Scheme = SignatureSchemes.StandardWebhooks,
    };

    /// <summary>Replicate. A body is the prediction, and has no event type.</summary>
    public static WebhookProvider Replicate { get; } = new()
    {
        Name = "replicate",
        DisplayName = "Replicate",
        Scheme = SignatureSchemes.StandardWebhooks,
        Fields = new MessageFields { IdHeader = "webhook-id" },
    };

    /// <summary>Lithic.</summary>
    public static WebhookProvider Lithic { get; } = new()
    {
        Name = "lithic",
        DisplayName = "Lithic",
        Scheme = SignatureSchemes.StandardWebhooks,
        Fields = new MessageFields { IdHeader = "webhook-id", EventTypeProperty = "event_type" },
    };

    /// <summary>ShipBob. The topic is not signed.</summary>
    public static WebhookProvider ShipBob { get; } = new()
    {
        Name = "shipbob",
        DisplayName = "ShipBob",
        Scheme = SignatureSchemes.StandardWebhooks,
        Fields = new MessageFields { IdHeader = "webhook-id", EventTypeHeader = "x-webhook-topic" },
    };

    /// <summary>GitLab with a signing token. The event type is not signed.</summary>
    public static WebhookProvider GitLabSigned { get; } = new()
    {
        Name = "gitlab-signed",
        DisplayName = "GitLab with a signing token",
        Scheme = SignatureSchemes.StandardWebhooks,
        Fields = new MessageFields { IdHeader = "webhook-id", EventTypeHeader = "X-Gitlab-Event" },
    };
}
