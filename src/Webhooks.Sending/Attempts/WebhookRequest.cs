namespace Webhooks;

/// <summary>
/// The request of one attempt. It takes the signature's headers itself, which spares an object a request. Every header
/// is checked on its way in, since the platform would write a line break in a value to the wire.
/// </summary>
internal sealed class WebhookRequest : HttpRequestMessage, ISignatureHeaderWriter
{
    private const string StandardSignature = "webhook-signature";

    private readonly bool _mayClash;

    public WebhookRequest(
        WebhookMessage message, WebhookEndpoint endpoint, WebhookSenderOptions options, NetworkPolicy usualPolicy)
        : base(HttpMethod.Post, endpoint.Url)
    {
        Endpoint = endpoint;
        if (endpoint.FindConnectionKey(usualPolicy) is { } key)
        {
            HasConnectionKey = true;
            Options.Set(ConnectionKey.Option, key);
        }

        Version = options.HttpVersion;
        VersionPolicy = options.HttpVersionPolicy;
        Content = new ReadOnlyMemoryContent(message.Payload);
        Content.Headers.TryAddWithoutValidation("Content-Type", message.ContentType);
        _mayClash = message.HeaderItems.Length > 0 || endpoint.HeaderItems.Length > 0
            || endpoint.Authorization is not null || endpoint.Signatures.Count != 1;
        AddCustomHeaders(message, endpoint);
        if (options.UserAgent.Length > 0 && !(_mayClash && Has("User-Agent")))
            Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
    }

    public WebhookEndpoint Endpoint { get; }

    /// <summary>Whether the request needs connections of its own, and says so in its options.</summary>
    public bool HasConnectionKey { get; }

    /// <summary>Set when the request has reached the guarded connections, and not a stand-in for them.</summary>
    public bool HasReachedConnections { get; set; }

    /// <summary>Set when a connection was made for this request. It may have been sent on another one that became free
    /// first; then the rest is as if it were its own.</summary>
    public bool HasConnected { get; set; }

    /// <summary>Whether it surely went over a connection that had been used before.</summary>
    public bool IsOnKeptConnection => HasReachedConnections && !HasConnected;

    /// <summary>Takes a header of a signature scheme.</summary>
    public void Write(string name, string value)
    {
        HeaderRules.CheckSyntax(name, value, HeaderRules.MaxCredentialLength);
        if (_mayClash && Headers.NonValidated.TryGetValues(name, out var present))
        {
            value = Join(name, present.ToString(), value);
            Headers.Remove(name);
        }

        Add(name, value);
    }

    public void SetCredential(string name, string value)
    {
        HeaderRules.CheckSyntax(name, value, HeaderRules.MaxCredentialLength);
        if (Has(name))
            throw Clash(name);
        Add(name, value);
    }

    private void AddCustomHeaders(WebhookMessage message, WebhookEndpoint endpoint)
    {
        foreach (var (name, value) in message.HeaderItems)
            AddCustom(name, value);

        foreach (var (name, value) in endpoint.HeaderItems)
        {
            if (message.HeaderItems.Length == 0 || !message.Headers.ContainsKey(name))
                AddCustom(name, value);
        }
    }

    private void AddCustom(string name, string value)
    {
        if (!HeaderRules.IsFieldValue(value))
        {
            throw new AttemptException(
                WebhookErrorKind.RequestInvalid, $"The header '{name}' has a value that can't be sent.");
        }
        Add(name, value);
    }

    private void Add(string name, string value)
    {
        if (!Headers.TryAddWithoutValidation(name, value))
            throw new AttemptException(WebhookErrorKind.RequestInvalid, $"The header '{name}' can't be sent.");
    }

    private bool Has(string name) => Headers.NonValidated.Contains(name);

    // Standard Webhooks v1 and v1a share their headers: the same id and time, and a list of signatures.
    private static string Join(string name, string present, string value)
    {
        if (present == value)
            return value;

        return name.Equals(StandardSignature, StringComparison.OrdinalIgnoreCase)
            ? $"{present} {value}"
            : throw Clash(name);
    }

    private static AttemptException Clash(string name) => new(
        WebhookErrorKind.RequestInvalid,
        $"The header '{name}' would be set twice: remove it from the headers of the message or the endpoint.");
}
