using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>
/// Where messages go. Immutable, and complete when it has been made: everything about it that can be wrong is refused
/// then, not when a message is sent. Change one with <c>endpoint with { … }</c>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record WebhookEndpoint
{
    private readonly HeaderList _headers = HeaderList.Empty;
    private readonly IReadOnlyList<EndpointSignature> _signatures;
    private readonly Uri _url;
    private NetworkPolicy? _allowedBy;
    private ConnectionKey? _connectionKey;

    /// <summary>An endpoint that is signed by the Standard Webhooks scheme.</summary>
    /// <param name="url">The absolute URL; <c>https</c>, or <c>http</c> where the network policy allows it.</param>
    /// <param name="secret">The secret to sign with.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The URL can't be an endpoint's, or the secret can't sign.</exception>
    public WebhookEndpoint(Uri url, SigningSecret secret)
        : this(url, [new EndpointSignature(SignatureSchemes.StandardWebhooks, secret)])
    {
    }

    /// <summary>An endpoint that is signed by the schemes given.</summary>
    /// <param name="url">The absolute URL; <c>https</c>, or <c>http</c> where the network policy allows it.</param>
    /// <param name="signatures">The schemes and their secrets. More than one sign the same request, to move receivers
    /// from one scheme to another. None only if your own <see cref="IWebhookSigner"/> signs.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The URL can't be an endpoint's, or two signatures write the same
    /// header.</exception>
    public WebhookEndpoint(Uri url, params IEnumerable<EndpointSignature> signatures)
    {
        _url = EndpointUrl.Check(url);
        _signatures = HeaderClash.CheckSchemes(signatures);
    }

    /// <summary>The endpoint's own id, <c>ep_…</c>: 1 to 128 visible ASCII characters. It is logged.</summary>
    /// <value>The default is a new random id.</value>
    /// <exception cref="ArgumentException">The id is empty, too long or has other characters.</exception>
    public string Id { get; init => field = EndpointId.Check(value); } = EndpointId.New();

    /// <summary>Where messages are posted to. Only scheme, host and port are logged, since the rest may hold a
    /// token.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value can't be an endpoint's URL.</exception>
    public Uri Url
    {
        get => _url;
        init
        {
            _url = EndpointUrl.Check(value);
            _allowedBy = null;
        }
    }

    /// <summary>The schemes that sign each request, with their secrets.</summary>
    /// <exception cref="ArgumentNullException">The value or a signature is null.</exception>
    /// <exception cref="ArgumentException">Two signatures write the same header, or one that is in
    /// <see cref="Headers"/> or that <see cref="Authorization"/> sets.</exception>
    public IReadOnlyList<EndpointSignature> Signatures
    {
        get => _signatures;
        init
        {
            _signatures = HeaderClash.CheckSchemes(value);
            HeaderClash.Check(_headers, Authorization, _signatures);
        }
    }

    /// <summary>The credentials each request carries beside its signature.</summary>
    /// <value>The default is null: none.</value>
    /// <exception cref="ArgumentException">It sets a header that is also in <see cref="Headers"/> or that a scheme
    /// writes.</exception>
    public WebhookAuthorization? Authorization
    {
        get;
        init
        {
            field = value;
            HeaderClash.Check(_headers, value, _signatures);
        }
    }

    /// <summary>
    /// Headers that each request carries: at most 32, each at most 1 KiB, 4 KiB in all, visible ASCII. Names that HTTP,
    /// the signature schemes or metadata services give a meaning to are refused. A message's header of the same name
    /// wins.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A header isn't allowed; the message names it, never its value.</exception>
    [JsonIgnore] // Values may be secrets, and whoever logs objects as JSON should not log them.
    public IReadOnlyDictionary<string, string> Headers
    {
        get => _headers.ByName;
        init
        {
            _headers = HeaderList.Create(value);
            HeaderClash.Check(_headers, Authorization, _signatures);
        }
    }

    /// <summary>The certificate to show to a receiver that asks for one (mTLS); it must have its private key.</summary>
    /// <value>The default is null: none.</value>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public X509Certificate2? ClientCertificate
    {
        get;
        init => field = value is null or { HasPrivateKey: true }
            ? value
            : throw new ArgumentException("The client certificate has no private key: load it with its key.");
    }

    /// <summary>The longest one attempt may take, from connecting to the end of the response: up to 10
    /// minutes.</summary>
    /// <value>The default is null: <see cref="WebhookSenderOptions.AttemptTimeout"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value isn't positive, or is more than 10 minutes.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || (value > TimeSpan.Zero && value <= WebhookSenderOptions.MaxAttemptTimeout)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Timeout is more than zero, up to 10 "
                + "minutes.");
    }

    /// <summary>When failed messages to this endpoint are tried again.</summary>
    /// <value>The default is null: the sender's policy.</value>
    public RetryPolicy? RetryPolicy { get; init; }

    /// <summary>What network addresses this endpoint may be at.</summary>
    /// <value>The default is null: the sender's policy, see <see cref="WebhookSenderOptions.Network"/>.</value>
    public NetworkPolicy? Network { get; init; }

    /// <summary>Whose endpoint it is: it gets the messages of this tenant. Up to 128 visible ASCII
    /// characters.</summary>
    /// <value>The default is empty: no tenant.</value>
    /// <exception cref="ArgumentException">The tenant is too long or has other characters.</exception>
    public string Tenant { get; init => field = KeyText.CheckTenant(value); } = "";

    /// <summary>The most attempts under way at once from one process when the endpoint is stored, 1 to 1000.</summary>
    /// <value>The default is null: <see cref="WebhookDeliveryOptions.EndpointConcurrency"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int? MaxConcurrency
    {
        get;
        init => field = value is null or (>= 1 and <= 1000)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxConcurrency is 1 to 1000.");
    }

    /// <summary>How many attempts from one process in a time when the endpoint is stored.</summary>
    /// <value>The default is null: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The attempts or the period aren't positive.</exception>
    public EndpointRateLimit? RateLimit
    {
        get;
        init => field = value is null || (value.Value.Attempts > 0 && value.Value.Period > TimeSpan.Zero)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "RateLimit is at least 1 attempt in more "
                + "than no time.");
    }

    /// <summary>Which event types it gets when the endpoint is stored: 1 to 100 filters, of which one must
    /// match.</summary>
    /// <value>The default is <c>*</c>: all.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">There are none or too many filters, or one is <c>default</c>.</exception>
    public IReadOnlyList<EventTypeFilter> EventTypes
    {
        get;
        init => field = Subscription.CheckEventTypes(value);
    } = Subscription.AllEventTypes;

    /// <summary>Which payloads it gets when the endpoint is stored, of the event types that it gets.</summary>
    /// <value>The default is null: all.</value>
    public PayloadFilter? PayloadFilter { get; init; }

    /// <summary>What people should know about the endpoint, up to 256 characters.</summary>
    /// <value>The default is null: nothing.</value>
    /// <exception cref="ArgumentException">The value is too long.</exception>
    public string? Description
    {
        get;
        init => field = value is null or { Length: <= 256 }
            ? value
            : throw new ArgumentException("A description has up to 256 characters.");
    }

    internal KeyValuePair<string, string>[] HeaderItems => _headers.Items;

    /// <summary>Endpoints are compared by reference: two with the same values are two endpoints.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(WebhookEndpoint? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The id and host, never the path, query, headers or secrets.</summary>
    public override string ToString() => $"{Id} ({Url.Host})";

    /// <summary>The guard's verdict on the URL, reached once a policy.</summary>
    internal NetworkVerdict JudgeUrl(NetworkPolicy policy)
    {
        if (ReferenceEquals(Volatile.Read(ref _allowedBy), policy))
            return new NetworkVerdict(NetworkOutcome.Allowed);

        var verdict = policy.Judge(Url);
        if (verdict.IsAllowed)
            Volatile.Write(ref _allowedBy, policy);
        return verdict;
    }

    /// <summary>Which connections the endpoint needs; null for the sender's usual ones.</summary>
    internal ConnectionKey? FindConnectionKey(NetworkPolicy usualPolicy)
    {
        if (Network is null && ClientCertificate is null)
            return null;

        var policy = Network ?? usualPolicy;
        var key = Volatile.Read(ref _connectionKey);
        if (key is not null && ReferenceEquals(key.Policy, policy)
            && ReferenceEquals(key.ClientCertificate, ClientCertificate))
            return key;

        key = new ConnectionKey(policy, ClientCertificate);
        Volatile.Write(ref _connectionKey, key);
        return key;
    }
}
