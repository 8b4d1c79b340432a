namespace Webhooks;

/// <content>Senders that sign nothing and show a password or a token.</content>
public static partial class WebhookProviders
{
    /// <summary>Telegram bots, which sign nothing.</summary>
    public static WebhookProvider Telegram { get; } = new()
    {
        Name = SignatureSchemes.Telegram.Name,
        DisplayName = "Telegram",
        Scheme = SignatureSchemes.Telegram,
    };

    /// <summary>Okta event hooks, which sign nothing.</summary>
    public static WebhookProvider Okta { get; } = new()
    {
        Name = SignatureSchemes.Okta.Name,
        DisplayName = "Okta event hooks",
        Scheme = SignatureSchemes.Okta,
        Handshake = new OktaHandshake(),
    };

    /// <summary>Microsoft Graph, which shows <c>clientState</c> and signs nothing.</summary>
    public static WebhookProvider MicrosoftGraph { get; } = new()
    {
        Name = SignatureSchemes.MicrosoftGraph.Name,
        DisplayName = "Microsoft Graph",
        Scheme = SignatureSchemes.MicrosoftGraph,
        Handshake = new GraphHandshake(),
    };

    /// <summary>Azure Event Grid with its own schema of events, one event a request, and a token in the
    /// subscription's URL (<c>?token=…</c>). For the schema of CloudEvents see <see cref="CloudEvents"/>.</summary>
    public static WebhookProvider EventGrid { get; } = new()
    {
        Name = "eventgrid",
        DisplayName = "Azure Event Grid",
        Scheme = SignatureSchemes.UrlToken,
        Fields = new MessageFields { IdProperty = "/0/id", EventTypeProperty = "/0/eventType" },
        Handshake = new EventGridHandshake(),
    };

    /// <summary>Any sender of CloudEvents over HTTP, in binary or structured mode, that shows a bearer token. Batches
    /// are refused: a webhook is one event.</summary>
    public static WebhookProvider CloudEvents { get; } = new()
    {
        Name = SignatureSchemes.CloudEvents.Name,
        DisplayName = "CloudEvents",
        Scheme = SignatureSchemes.CloudEvents,
        Fields = SignatureSchemes.CloudEvents.Fields,
        ContentTypes = ["application/json", "application/cloudevents+json"],
        Handshake = new CloudEventsHandshake(),
    };

    /// <summary>Mailchimp, with a token in the webhook's URL (<c>?token=…</c>). Its event type is a field of the
    /// form.</summary>
    public static WebhookProvider Mailchimp { get; } = new()
    {
        Name = "mailchimp",
        DisplayName = "Mailchimp",
        Scheme = SignatureSchemes.UrlToken,
        ContentTypes = ["application/x-www-form-urlencoded"],
        Handshake = new ProbeHandshake("GET", "HEAD"),
    };

    /// <summary>Postmark, with a user name and a password in the webhook's URL. The secret is
    /// <c>user:password</c>.</summary>
    public static WebhookProvider Postmark { get; } = new()
    {
        Name = "postmark",
        DisplayName = "Postmark",
        Scheme = SignatureSchemes.Basic,
        Fields = new MessageFields { EventTypeProperty = "RecordType" },
    };

    /// <summary>Chargebee, with basic authentication. The secret is <c>user:password</c>.</summary>
    public static WebhookProvider Chargebee { get; } = new()
    {
        Name = "chargebee",
        DisplayName = "Chargebee",
        Scheme = SignatureSchemes.Basic,
        Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "event_type" },
    };

    /// <summary>Deepgram's callbacks, with a user name and a password in the callback's URL. The secret is
    /// <c>user:password</c>.</summary>
    public static WebhookProvider Deepgram { get; } = new()
    {
        Name = "deepgram",
        DisplayName = "Deepgram",
        Scheme = SignatureSchemes.Basic,
        Fields = new MessageFields { IdProperty = "/metadata/request_id" },
    };
}
