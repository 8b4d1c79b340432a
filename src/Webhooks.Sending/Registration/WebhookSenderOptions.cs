namespace Webhooks;

/// <summary>How webhooks are sent. Checked when the application starts; later changes have no effect.</summary>
public sealed class WebhookSenderOptions
{
    internal static readonly TimeSpan MaxAttemptTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The retry policy of endpoints that have none of their own, made in code.</summary>
    /// <value>The default is null: what <see cref="Retry"/> describes.</value>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>
    /// The retry policy of endpoints that have none of their own, as configuration can describe it; not read when
    /// <see cref="RetryPolicy"/> is set.
    /// </summary>
    /// <value>The default is the Standard Webhooks schedule, see <see cref="RetryPolicy.StandardWebhooks"/>.</value>
    public RetryOptions Retry { get; } = new();

    /// <summary>
    /// The longest one attempt may take, from connecting to the end of the response: more than zero, up to 10 minutes.
    /// </summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How many bytes of a response's body are read at most, 0 to 1 MiB. When there are more the connection is dropped.
    /// </summary>
    /// <value>The default is 16384 (16 KiB).</value>
    public int MaxResponseBytes { get; set; } = 16 * 1024;

    /// <summary>How many characters of a response's body are kept with the attempt, 0 to 65536.</summary>
    /// <value>The default is 1024.</value>
    public int ResponseSnippetLength { get; set; } = 1024;

    /// <summary>The longest wait a receiver can ask for with <c>Retry-After</c>: zero or more; zero ignores
    /// it.</summary>
    /// <value>The default is 24 hours.</value>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Whether the response header <c>webhook-delivery: disable | abort-message</c> is obeyed.</summary>
    /// <value>The default is true.</value>
    public bool HonorDeliveryHeader { get; set; } = true;

    /// <summary>
    /// Whether requests carry <c>traceparent</c> and <c>tracestate</c>. Receivers are strangers as a rule, who have no
    /// business with your trace ids.
    /// </summary>
    /// <value>The default is false.</value>
    public bool PropagateTraceContext { get; set; }

    /// <summary>The <c>User-Agent</c> header; empty for none. An endpoint's or a message's own header wins.</summary>
    /// <value>The default is <c>Webhooks/</c> and the version of this library.</value>
    public string UserAgent { get; set; } = DefaultUserAgent.Value;

    /// <summary>The HTTP version to ask for: 1.0, 1.1 or 2.0.</summary>
    /// <value>The default is 1.1.</value>
    public Version HttpVersion { get; set; } = System.Net.HttpVersion.Version11;

    /// <summary>What may be used instead of <see cref="HttpVersion"/>.</summary>
    /// <value>The default is <see cref="HttpVersionPolicy.RequestVersionOrLower"/>.</value>
    public HttpVersionPolicy HttpVersionPolicy { get; set; } = HttpVersionPolicy.RequestVersionOrLower;

    /// <summary>
    /// Signature schemes that stored endpoints may name, beside the built-in ones. An endpoint is stored with a
    /// scheme's name and loaded with the object of that name, on every node.
    /// </summary>
    /// <value>The default is none.</value>
    public IList<SignatureScheme> SignatureSchemes { get; } = [];

    /// <summary>
    /// Changes each stored endpoint when it is loaded: attaches what can't be stored, such as a network policy, a
    /// client certificate, or a retry policy or authorization of your own. It returns what it was given, changed by
    /// <c>with { … }</c>; what it throws makes the endpoint unusable until it is loaded again. Called from any
    /// thread.
    /// </summary>
    /// <value>The default is null: endpoints are used as they are stored.</value>
    public Func<WebhookEndpoint, WebhookEndpoint>? PrepareEndpoint { get; set; }

    /// <summary>Which addresses may be reached, and how connections are made and kept.</summary>
    public NetworkOptions Network { get; } = new();

    /// <summary>What couldn't be read from configuration; reported with all else that is wrong.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
