namespace Webhooks;

/// <summary>A well-known sender of webhooks as data: how it signs, what its requests look like, and how it finds out
/// that an endpoint wants them.</summary>
/// <remarks>What a source's options say goes before what its provider says. A provider that isn't in
/// <see cref="WebhookProviders"/> can be written down in the same way.</remarks>
public sealed record WebhookProvider
{
    /// <summary>A short name in lower case, as configuration gives it: <c>github</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name as the provider writes it.</summary>
    /// <value><see langword="null"/>: <see cref="Name"/></value>
    public string? DisplayName { get; init; }

    /// <summary>The scheme that it signs with. Takes precedence over <see cref="SchemeName"/>.</summary>
    /// <value><see langword="null"/>: what <see cref="SchemeName"/> says</value>
    public SignatureScheme? Scheme { get; init; }

    /// <summary>The name of a scheme that comes with another package, and is added with
    /// <see cref="WebhookVerificationBuilder.AddScheme"/>.</summary>
    /// <value><see langword="null"/>: <see cref="Scheme"/> has it</value>
    public string? SchemeName { get; init; }

    /// <summary>How to come by the scheme that <see cref="SchemeName"/> names, for a message.</summary>
    internal string? SchemeHint { get; init; }

    /// <summary>Where its webhooks carry the message id, by which duplicates are told, and the event type.</summary>
    /// <value><see langword="null"/>: what the scheme says</value>
    public MessageFields? Fields { get; init; }

    /// <summary>The media types that it sends, without parameters. An empty list accepts any, or none.</summary>
    /// <value><c>application/json</c></value>
    public IReadOnlyList<string> ContentTypes { get; init; } = ["application/json"];

    /// <summary>The HTTP methods of its webhooks. Those of handshakes are the handshake's.</summary>
    /// <value><c>POST</c></value>
    public IReadOnlyList<string> Methods { get; init; } = ["POST"];

    /// <summary>The largest body that it sends, in bytes; from 1 up to 2,147,483,647.</summary>
    /// <value><see langword="null"/>: <see cref="WebhookVerificationOptions.MaxBodySize"/></value>
    public long? MaxBodySize { get; init; }

    /// <summary>How far a timestamp may lie in the past or the future, where the provider asks for another value than
    /// its scheme's; more than zero.</summary>
    /// <value><see langword="null"/>: <see cref="WebhookVerificationOptions.Tolerance"/>, or else the scheme's
    /// own</value>
    public TimeSpan? Tolerance { get; init; }

    /// <summary>Whether it takes 200 alone for success, so that the inbox must not answer 202.</summary>
    /// <value><see langword="false"/>: any 2xx is success</value>
    public bool RequiresOk { get; init; }

    /// <summary>The networks that it sends from, as it publishes them. They are asked for with
    /// <see cref="WebhookSourceOptions.AllowProviderNetworks"/> alone.</summary>
    /// <value><see langword="null"/>: it publishes none, or none that is known here</value>
    public PublishedNetworks? PublishedNetworks { get; init; }

    /// <summary>How it finds out that an endpoint wants its webhooks.</summary>
    /// <value><see langword="null"/>: it doesn't ask</value>
    public WebhookHandshake? Handshake { get; init; }

    /// <summary>The provider's name.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => DisplayName ?? Name;
}
