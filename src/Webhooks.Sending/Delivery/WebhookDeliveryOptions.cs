namespace Webhooks;

/// <summary>How stored messages are delivered. Checked when the application starts; later changes have no
/// effect.</summary>
public sealed class WebhookDeliveryOptions
{
    /// <summary>Whether this process delivers. Without, it only publishes, and other nodes of the same store
    /// deliver.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The most attempts under way at once in this process, 1 to 100000.</summary>
    /// <value>The default is 256.</value>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>The most attempts under way at once to one endpoint from this process, where the endpoint says nothing
    /// else: 1 to 1000.</summary>
    /// <value>The default is 10.</value>
    public int EndpointConcurrency { get; set; } = 10;

    /// <summary>The most deliveries leased at once, those under way included: at least
    /// <see cref="MaxConcurrency"/>.</summary>
    /// <value>The default is 1024.</value>
    public int MaxLeased { get; set; } = 1024;

    /// <summary>The most bytes of payload held at once, at least 1 MiB. One delivery is taken even if it has
    /// more.</summary>
    /// <value>The default is 67108864 (64 MiB).</value>
    public long MaxLeasedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>For how long a delivery is leased before the lease has to be renewed, 5 seconds to 1 hour. It is how
    /// long a delivery waits whose node was lost.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the store is asked for work when nothing says that there is some, 100 ms to 1 hour.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long deliveries with an ordering key wait behind one that fails: zero or more. At that time it gets
    /// one more attempt, and whatever comes of it, the next goes on.</summary>
    /// <value>The default is 1 hour.</value>
    public TimeSpan MaxOrderingWait { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After how many failed attempts in a row an endpoint is left alone for a while, 1 to 10000.</summary>
    /// <value>The default is 10.</value>
    public int CircuitThreshold { get; set; } = 10;

    /// <summary>How long an endpoint is left alone at first, more than zero; each time that the probe afterwards fails
    /// the pause doubles.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan CircuitPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause, at least <see cref="CircuitPause"/>.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan MaxCircuitPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After failing for how long with nothing succeeded an endpoint is disabled: more than zero; null for
    /// never.</summary>
    /// <value>The default is 5 days.</value>
    public TimeSpan? DisableAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>How long succeeded and cancelled deliveries and their messages are kept, at least one hour; null for
    /// ever.</summary>
    /// <value>The default is 30 days.</value>
    public TimeSpan? SucceededRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long failed deliveries and their messages are kept, at least one hour; null for ever.</summary>
    /// <value>The default is 90 days.</value>
    public TimeSpan? FailedRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>For how long an idempotency key finds the message that was published with it, more than zero, up to 30
    /// days.</summary>
    /// <value>The default is 24 hours.</value>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The largest payload that can be published, in bytes: 1 to 64 MiB.</summary>
    /// <value>The default is 1048576 (1 MiB).</value>
    public int MaxPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>What couldn't be read from configuration; reported with all else that is wrong.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
