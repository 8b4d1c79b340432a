using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>How the webhooks of one source are told from forgeries, and what they may look like.</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>The provider whose webhooks the source receives: it says what isn't said here. Takes precedence over
    /// <see cref="ProviderName"/>.</summary>
    /// <value><see langword="null"/>: what <see cref="ProviderName"/> says</value>
    public WebhookProvider? Provider { get; set; }

    /// <summary>The name of one of <see cref="WebhookProviders"/>, as configuration gives it
    /// (<c>Provider</c>).</summary>
    /// <value><see langword="null"/>: no provider</value>
    public string? ProviderName { get; set; }

    /// <summary>The scheme that the source signs with. Takes precedence over <see cref="SchemeName"/>.</summary>
    /// <value><see langword="null"/>: what <see cref="SchemeName"/> says</value>
    public SignatureScheme? Scheme { get; set; }

    /// <summary>The name of the scheme that the source signs with, as configuration gives it: one of
    /// <see cref="SignatureSchemes"/>, or one added with <see cref="WebhookVerificationBuilder.AddScheme"/>.</summary>
    /// <value><see langword="null"/>: the provider's, or else Standard Webhooks</value>
    public string? SchemeName { get; set; }

    /// <summary>The signing secrets in the text form that the scheme's users know (<c>whsec_…</c> for Standard
    /// Webhooks). A signature by any of them is accepted, so that secrets can be rotated.</summary>
    /// <value>Empty: then a resolver must be given with <see cref="UseSecrets"/></value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    public IList<string> Secrets { get; } = [];

    /// <summary>The largest body accepted, in bytes; from 1 up to 2,147,483,647. It replaces the server's own limit
    /// for these requests.</summary>
    /// <value><see langword="null"/>: the provider's, or else
    /// <see cref="WebhookVerificationOptions.MaxBodySize"/></value>
    public long? MaxBodySize { get; set; }

    /// <summary>How long a sender may take to deliver the whole body; more than zero, at most one day.</summary>
    /// <value><see langword="null"/>: <see cref="WebhookVerificationOptions.BodyTimeout"/></value>
    public TimeSpan? BodyTimeout { get; set; }

    /// <summary>How far a timestamp may lie in the past or the future; more than zero.</summary>
    /// <value><see langword="null"/>: the provider's, or else <see cref="WebhookVerificationOptions.Tolerance"/>, or
    /// else the scheme's own</value>
    public TimeSpan? Tolerance { get; set; }

    /// <summary>The HTTP methods accepted.</summary>
    /// <value>The provider's, or else <c>POST</c></value>
    public IList<string> Methods { get; } = new DefaultList("POST");

    /// <summary>The media types accepted, without parameters. When the list is empty any type is accepted, and
    /// requests without one too.</summary>
    /// <value>The provider's, or else <c>application/json</c></value>
    public IList<string> ContentTypes { get; } = new DefaultList("application/json");

    /// <summary>The content codings (<c>gzip</c>, <c>deflate</c>, <c>br</c>; RFC 9110, section 8.4.1) that a body may
    /// be packed in, once. It is unpacked when its signature is verified, to no more than <see cref="MaxBodySize"/>; the
    /// application sees a request that was never packed.</summary>
    /// <value>Empty: a request with <c>Content-Encoding</c> is answered 415</value>
    public IList<string> AllowedContentEncodings { get; } = [];

    /// <summary>Whether the sender signs the body before it encodes it. It is then unpacked before anything is known of
    /// its sender: also to no more than <see cref="MaxBodySize"/>.</summary>
    /// <value><see langword="false"/>: the signature covers the bytes that are sent</value>
    public bool SignedBeforeEncoding { get; set; }

    /// <summary>How the provider finds out that this endpoint wants its webhooks; <see cref="WebhookHandshake.None"/> to
    /// leave its questions to the application.</summary>
    /// <value><see langword="null"/>: the provider's</value>
    public WebhookHandshake? Handshake { get; set; }

    /// <summary>What handshakes need to know.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    public WebhookHandshakeOptions HandshakeOptions { get; } = new();

    /// <summary>The networks (<c>192.0.2.0/24</c>, <c>2001:db8::/32</c>) and single addresses that requests may come
    /// from, judged on <see cref="Microsoft.AspNetCore.Http.ConnectionInfo.RemoteIpAddress"/>. Whoever is allowed by
    /// one of <see cref="AllowedNetworks"/>, <see cref="AllowProviderNetworks"/>, <see cref="PublishedNetworks"/> and
    /// <see cref="AllowedDomains"/> may call.</summary>
    /// <value>Empty: any address, unless one of the others is set</value>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Whether requests may come from the networks that the provider publishes
    /// (<see cref="WebhookProvider.PublishedNetworks"/>), and not from anywhere.</summary>
    /// <value><see langword="false"/></value>
    public bool AllowProviderNetworks { get; set; }

    /// <summary>Published lists of networks that requests may come from.</summary>
    /// <value>Empty</value>
    public IList<PublishedNetworks> PublishedNetworks { get; } = [];

    /// <summary>The domains (<c>example.com</c>, and with it all names below) that requests may come from. An address
    /// belongs to a domain if DNS gives it a name there (PTR), and gives that name the address (A, AAAA). What DNS said
    /// is remembered for minutes; while it doesn't answer, addresses that aren't known are answered 503.</summary>
    /// <value>Empty</value>
    public IList<string> AllowedDomains { get; } = [];

    /// <summary>How often an address may fail to prove itself.</summary>
    /// <value><see langword="null"/>: <see cref="WebhookVerificationOptions.FailureLimit"/></value>
    public WebhookFailureLimitOptions? FailureLimit { get; set; }

    /// <summary>The API keys accepted in the header <see cref="ApiKeyHeader"/>. When any of <see cref="ApiKeys"/>,
    /// <see cref="BearerTokens"/> and <see cref="BasicCredentials"/> is given, a request must carry one of them,
    /// beside its signature.</summary>
    /// <value>Empty</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    public IList<string> ApiKeys { get; } = [];

    /// <summary>The name of the header that carries an API key.</summary>
    /// <value><c>X-Api-Key</c></value>
    public string ApiKeyHeader { get; set; } = "X-Api-Key";

    /// <summary>The tokens accepted as <c>Authorization: Bearer …</c>.</summary>
    /// <value>Empty</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    public IList<string> BearerTokens { get; } = [];

    /// <summary>The user names and passwords accepted as <c>Authorization: Basic …</c>.</summary>
    /// <value>Empty</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never), JsonIgnore]
    public IList<WebhookBasicCredential> BasicCredentials { get; } = [];

    /// <summary>Protects every request below this path, for applications without endpoint routing. An endpoint that
    /// names a source itself is protected by that source instead.</summary>
    /// <value><see langword="null"/>: only endpoints that name the source are protected</value>
    public string? PathPrefix { get; set; }

    /// <summary>The scheme, host and port (and path base, if any) under which senders know this application, such as
    /// <c>https://example.com</c>. Schemes that sign the URL need it behind a proxy that changes any of
    /// these.</summary>
    /// <value><see langword="null"/>: taken from the request</value>
    public string? PublicUrl { get; set; }

    /// <summary>Whether only the first copy of each webhook is handled; see
    /// <see cref="WebhookDuplicatesBuilderExtensions.DropDuplicates"/>.</summary>
    /// <value><see langword="null"/>: <see cref="WebhookVerificationOptions.DropDuplicates"/></value>
    public bool? DropDuplicates { get; set; }

    internal Func<WebhookSecretContext, CancellationToken, ValueTask<IReadOnlyList<SigningSecret>>>? Resolver
    {
        get; private set;
    }

    /// <summary>What configuration asks of HTTP message signatures.</summary>
    internal HttpSignatureSettings? HttpSignatures { get; set; }

    internal List<string> ConfigurationFailures { get; } = [];

    /// <summary>Looks the secrets up for each request, where they depend on it: on a tenant in the route, say.
    /// Takes precedence over <see cref="Secrets"/>.</summary>
    /// <param name="resolver">Gives the secrets. It runs once a request, after the address, size and authorization
    /// were checked and before the body is read. Parse a secret once (with
    /// <see cref="SignatureScheme.ParseSecret"/>) and keep it: parsing for each request costs time. No secrets at all
    /// means the request is refused like one with a wrong signature; an exception means it is answered 503, so that
    /// the sender tries again. Secrets of different senders need a <see cref="SigningSecret.Owner"/> each, or one sender
    /// could use up another's message ids.</param>
    public void UseSecrets(
        Func<WebhookSecretContext, CancellationToken, ValueTask<IReadOnlyList<SigningSecret>>> resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        Resolver = resolver;
    }
}
