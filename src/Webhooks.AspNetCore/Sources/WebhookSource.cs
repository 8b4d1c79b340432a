using System.Collections.Frozen;

namespace Webhooks;

/// <summary>A source's options, checked and made ready for the hot path. Replaced as a whole when options
/// change.</summary>
internal sealed class WebhookSource
{
    public required string Name { get; init; }

    public required SignatureScheme Scheme { get; init; }

    public required MessageFields Fields { get; init; }

    public required IReadOnlyList<SigningSecret> Secrets { get; init; }

    public required Func<WebhookSecretContext, CancellationToken, ValueTask<IReadOnlyList<SigningSecret>>>? Resolver
    {
        get; init;
    }

    public required long MaxBodySize { get; init; }

    public required TimeSpan BodyTimeout { get; init; }

    public required TimeSpan? Tolerance { get; init; }

    public required string[] Methods { get; init; }

    public required string AllowHeader { get; init; }

    public required string[] ContentTypes { get; init; }

    /// <summary>Null: no body may be encoded.</summary>
    public required ContentCodings? Codings { get; init; }

    /// <summary>Null: requests may come from anywhere.</summary>
    public required AllowedCallers? Callers { get; init; }

    /// <summary>Null: failures are not limited.</summary>
    public required FailureLimit? FailureLimit { get; init; }

    /// <summary>Null: no authorization beside the signature.</summary>
    public required CredentialList? Credentials { get; init; }

    /// <summary>The headers that handlers and stores don't get.</summary>
    public required FrozenSet<string> HeldBackHeaders { get; init; }

    /// <summary>Null: the provider doesn't ask.</summary>
    public required WebhookHandshake? Handshake { get; init; }

    public required WebhookHandshakeOptions HandshakeOptions { get; init; }

    /// <summary>What the inbox answers once it has stored a webhook.</summary>
    public required int StoredStatus { get; init; }

    public required string? PathPrefix { get; init; }

    public required string? PublicUrl { get; init; }

    /// <summary>Whether the application runs only for the first copy of each webhook.</summary>
    public required bool DropsDuplicates { get; init; }
}
