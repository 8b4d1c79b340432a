namespace Webhooks;

/// <summary>How an inbox keeps webhooks and has them handled.</summary>
public sealed class WebhookInboxOptions
{
    /// <summary>Whether this process handles. Without, it only stores, and other processes of the same store
    /// handle.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The most webhooks of one source handled at once in this process, 1 to 1000.</summary>
    /// <value>The default is 16.</value>
    public int SourceConcurrency { get; set; } = 16;

    /// <summary>How long a handler may take before its token is cancelled and the attempt has failed: more than
    /// zero, up to 1 day.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a webhook waits whose process was lost while handling it, 5 seconds to 1 hour. A process that
    /// lives renews its hold, however long a handler takes.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a sender waits for its webhook to be stored, before it is answered 503: more than zero, up to
    /// 10 minutes.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When a webhook whose handler failed is tried again.</summary>
    /// <value>The default is <see cref="RetryPolicy.StandardWebhooks"/>.</value>
    public RetryPolicy RetryPolicy { get; set; } = RetryPolicy.StandardWebhooks;

    /// <summary>The key whose webhooks are handled in the order in which they came, one after the other; it may return
    /// null for no order. It runs while the sender waits; what it throws is answered 503.</summary>
    /// <value>The default is null: no order.</value>
    public Func<VerifiedWebhook, string?>? OrderingKey { get; set; }

    /// <summary>How long handled webhooks are kept, which is also how long their duplicates are known; null for
    /// ever.</summary>
    /// <value>The default is 30 days.</value>
    public TimeSpan? HandledRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long webhooks that were given up are kept; null for ever.</summary>
    /// <value>The default is 90 days.</value>
    public TimeSpan? FailedRetention { get; set; } = TimeSpan.FromDays(90);
}
