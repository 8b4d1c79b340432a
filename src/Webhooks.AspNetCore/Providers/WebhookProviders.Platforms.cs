namespace Webhooks;

public static partial class WebhookProviders
{
    /// <summary>Bitbucket Cloud.</summary>
    public static WebhookProvider Bitbucket { get; } = new()
    {
        Name = SignatureSchemes.Bitbucket.Name,
        DisplayName = "Bitbucket Cloud",
        Scheme = SignatureSchemes.Bitbucket,
        PublishedNetworks = AtlassianNetworks("bitbucket"),
    };

    /// <summary>GitLab with a secret token, which signs nothing.</summary>
    public static WebhookProvider GitLab { get; } = new()
    {
        Name = SignatureSchemes.GitLab.Name,
        DisplayName = "GitLab",
        Scheme = SignatureSchemes.GitLab,
    };

    /// <summary>Gitea.</summary>
    public static WebhookProvider Gitea { get; } = new()
    {
        Name = SignatureSchemes.Gitea.Name,
        DisplayName = "Gitea",
        Scheme = SignatureSchemes.Gitea,
    };

    /// <summary>Linear.</summary>
    public static WebhookProvider Linear { get; } = new()
    {
        Name = SignatureSchemes.Linear.Name,
        DisplayName = "Linear",
        Scheme = SignatureSchemes.Linear,
        RequiresOk = true,
        MaxBodySize = 5 * 1024 * 1024,
    };

    /// <summary>Sentry.</summary>
    public static WebhookProvider Sentry { get; } = new()
    {
        Name = SignatureSchemes.Sentry.Name,
        DisplayName = "Sentry",
        Scheme = SignatureSchemes.Sentry,
    };

    /// <summary>PagerDuty.</summary>
    public static WebhookProvider PagerDuty { get; } = new()
    {
        Name = SignatureSchemes.PagerDuty.Name,
        DisplayName = "PagerDuty",
        Scheme = SignatureSchemes.PagerDuty,
    };

    /// <summary>Trello, whose <c>HEAD</c> probe is answered.</summary>
    public static WebhookProvider Trello { get; } = new()
    {
        Name = SignatureSchemes.Trello.Name,
        DisplayName = "Trello",
        Scheme = SignatureSchemes.Trello,
        PublishedNetworks = AtlassianNetworks("trello"),
        Handshake = new ProbeHandshake("HEAD"),
    };

    /// <summary>Asana, which brings its secret with its first request.</summary>
    public static WebhookProvider Asana { get; } = new()
    {
        Name = SignatureSchemes.Asana.Name,
        DisplayName = "Asana",
        Scheme = SignatureSchemes.Asana,
        Handshake = new AsanaHandshake(),
    };

    /// <summary>Airtable.</summary>
    public static WebhookProvider Airtable { get; } = new()
    {
        Name = SignatureSchemes.Airtable.Name,
        DisplayName = "Airtable",
        Scheme = SignatureSchemes.Airtable,
    };

    /// <summary>Vercel.</summary>
    public static WebhookProvider Vercel { get; } = new()
    {
        Name = SignatureSchemes.Vercel.Name,
        DisplayName = "Vercel",
        Scheme = SignatureSchemes.Vercel,
    };

    /// <summary>Webflow.</summary>
    public static WebhookProvider Webflow { get; } = new()
    {
        Name = SignatureSchemes.Webflow.Name,
        DisplayName = "Webflow",
        Scheme = SignatureSchemes.Webflow,
    };

    /// <summary>WorkOS.</summary>
    public static WebhookProvider WorkOS { get; } = new()
    {
        Name = SignatureSchemes.WorkOS.Name,
        DisplayName = "WorkOS",
        Scheme = SignatureSchemes.WorkOS,
        Tolerance = TimeSpan.FromMinutes(3),
    };

    /// <summary>Calendly.</summary>
    public static WebhookProvider Calendly { get; } = new()
    {
        Name = SignatureSchemes.Calendly.Name,
        DisplayName = "Calendly",
        Scheme = SignatureSchemes.Calendly,
        Tolerance = TimeSpan.FromMinutes(3),
    };

    /// <summary>Typeform.</summary>
    public static WebhookProvider Typeform { get; } = new()
    {
        Name = SignatureSchemes.Typeform.Name,
        DisplayName = "Typeform",
        Scheme = SignatureSchemes.Typeform,
    };

    /// <summary>DocuSign Connect.</summary>
    public static WebhookProvider DocuSign { get; } = new()
    {
        Name = SignatureSchemes.DocuSign.Name,
        DisplayName = "DocuSign Connect",
        Scheme = SignatureSchemes.DocuSign,
    };

    /// <summary>Dropbox.</summary>
    public static WebhookProvider Dropbox { get; } = new()
    {
        Name = SignatureSchemes.Dropbox.Name,
        DisplayName = "Dropbox",
        Scheme = SignatureSchemes.Dropbox,
        Handshake = new EchoHandshake("challenge"),
    };

    /// <summary>Box.</summary>
    public static WebhookProvider Box { get; } = new()
    {
        Name = SignatureSchemes.Box.Name,
        DisplayName = "Box",
        Scheme = SignatureSchemes.Box,
    };

    /// <summary>Pusher Channels.</summary>
    public static WebhookProvider Pusher { get; } = new()
    {
        Name = SignatureSchemes.Pusher.Name,
        DisplayName = "Pusher Channels",
        Scheme = SignatureSchemes.Pusher,
    };

    /// <summary>ElevenLabs.</summary>
    public static WebhookProvider ElevenLabs { get; } = new()
    {
        Name = SignatureSchemes.ElevenLabs.Name,
        DisplayName = "ElevenLabs",
        Scheme = SignatureSchemes.ElevenLabs,
    };
}
