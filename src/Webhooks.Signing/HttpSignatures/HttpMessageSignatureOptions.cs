namespace Webhooks;

/// <summary>What an <see cref="HttpMessageSignatureScheme"/> signs, and what it asks of a signature.</summary>
public sealed record HttpMessageSignatureOptions
{
    /// <summary>
    /// The algorithms. A key is used with the first of them that it fits; where it fits several, a message's <c>alg</c>
    /// may name one of those, and no other.
    /// </summary>
    /// <value>The default is hmac-sha256, ecdsa-p256-sha256 and rsa-pss-sha512.</value>
    public IReadOnlyList<HttpSignatureAlgorithm> Algorithms { get; init; } =
    [
        HttpSignatureAlgorithms.HmacSha256,
        HttpSignatureAlgorithms.EcdsaP256Sha256,
        HttpSignatureAlgorithms.RsaPssSha512,
    ];

    /// <summary>
    /// What a signature made here covers: the names of headers that the scheme writes, <c>content-type</c>, and derived
    /// components, such as <c>@authority</c> or <c>"@query-param";name="id"</c> (RFC 9421, section 2).
    /// </summary>
    /// <value>The default is <c>@method</c>, <c>@target-uri</c>, <c>content-digest</c> and <c>webhook-id</c>.</value>
    public IReadOnlyList<string> Components { get; init; } =
        ["@method", "@target-uri", "content-digest", "webhook-id"];

    /// <summary>
    /// What a signature must cover to be accepted. <c>@target-uri</c> is also covered by <c>@authority</c> together with
    /// <c>@request-target</c>, or with <c>@path</c> and, if the URL has a query, <c>@query</c>. Without
    /// <c>content-digest</c> nothing vouches for the body.
    /// </summary>
    /// <value>The default is <c>@method</c>, <c>@target-uri</c> and <c>content-digest</c>.</value>
    public IReadOnlyList<string> RequiredComponents { get; init; } = ["@method", "@target-uri", "content-digest"];

    /// <summary>The application that signatures are made for (the parameter <c>tag</c>); with it, those for another or
    /// for none aren't looked at.</summary>
    /// <value>The default is <see langword="null"/>: signatures are made without, and accepted with any.</value>
    public string? Tag { get; init; }

    /// <summary>How far <c>created</c> may lie from the receiver's clock, in either direction. A signature without it is
    /// refused.</summary>
    /// <value>The default is five minutes.</value>
    public TimeSpan Tolerance { get; init; } = SignatureScheme.DefaultTolerance;

    /// <summary>After how long a signature made here expires (the parameter <c>expires</c>), or <see langword="null"/>
    /// to leave that to the receiver.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether signatures made here carry a random <c>nonce</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AddNonce { get; init; }

    /// <summary>The hash function of the <c>Content-Digest</c> that is sent. Both are understood.</summary>
    /// <value>The default is SHA-256.</value>
    public ContentDigestAlgorithm DigestAlgorithm { get; init; } = ContentDigestAlgorithm.Sha256;

    /// <summary>How many signatures of a request are checked; a request with more is refused.</summary>
    /// <value>The default is 4; the range is 1 to 16.</value>
    public int MaximumSignatures { get; init; } = 4;

    /// <summary>Where the message id and the event type are found.</summary>
    /// <value>The default is the header <c>webhook-id</c>, and <c>type</c> in the body.</value>
    public MessageFields Fields { get; init; } = new() { IdHeader = "webhook-id", EventTypeProperty = "type" };

    /// <summary>Finds what can't be meant.</summary>
    /// <exception cref="ArgumentException">A property is out of range; the message names it.</exception>
    internal void Check()
    {
        Demand(Algorithms.Count > 0, nameof(Algorithms), "is empty");
        Demand(Tolerance > TimeSpan.Zero, nameof(Tolerance), "is not positive");
        Demand(Lifetime is null || Lifetime >= TimeSpan.FromSeconds(1), nameof(Lifetime), "is less than a second");
        Demand(MaximumSignatures is >= 1 and <= 16, nameof(MaximumSignatures), "is not 1 to 16");
        Demand(Tag is null || HeaderRules.IsPlain(Tag), nameof(Tag), "is not printable ASCII");
    }

    private static void Demand(bool condition, string property, string fault)
    {
        if (!condition)
            throw new ArgumentException($"HttpMessageSignatureOptions.{property} {fault}.", property);
    }
}
