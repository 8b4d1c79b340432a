namespace Webhooks;

/// <summary>
/// A signature scheme's shape as data: which headers it uses, how they are written, and which bytes are signed.
/// </summary>
/// <example>
/// <code>
/// var layout = new SignatureLayout
/// {
///     SignatureHeader = "X-Acme-Signature",
///     HeaderFormat = SignatureHeaderFormat.NamedItems,
///     TimestampItem = "t",
///     SignatureItem = "v1",
///     Encoding = SignatureEncoding.Hex,
///     SignedContent = "{timestamp}.{body}",
/// };
/// </code>
/// </example>
public sealed record SignatureLayout
{
    /// <summary>The header that carries the signatures.</summary>
    public required string SignatureHeader { get; init; }

    /// <summary>Further headers that may carry a signature of the same form, for providers that rotate keys
    /// so.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> FurtherSignatureHeaders { get; init; } = [];

    /// <summary>How that header is written.</summary>
    /// <value>The default is <see cref="SignatureHeaderFormat.Prefixed"/>.</value>
    public SignatureHeaderFormat HeaderFormat { get; init; } = SignatureHeaderFormat.Prefixed;

    /// <summary>For <see cref="SignatureHeaderFormat.Prefixed"/>: what stands before the signature, such as
    /// <c>sha256=</c>.</summary>
    /// <value>The default is empty.</value>
    public string Prefix { get; init; } = "";

    /// <summary>For the other formats: the item's name or the version that a signature has.</summary>
    /// <value>The default is <c>v1</c>.</value>
    public string SignatureItem { get; init; } = "v1";

    /// <summary>For <see cref="SignatureHeaderFormat.NamedItems"/>: the item that holds the timestamp, or
    /// <see langword="null"/>.</summary>
    public string? TimestampItem { get; init; }

    /// <summary>For <see cref="SignatureHeaderFormat.NamedItems"/>: what parts the items.</summary>
    /// <value>The default is a comma.</value>
    public char ItemSeparator { get; init; } = ',';

    /// <summary>How a signature's bytes are written.</summary>
    /// <value>The default is <see cref="SignatureEncoding.Base64"/>.</value>
    public SignatureEncoding Encoding { get; init; } = SignatureEncoding.Base64;

    /// <summary>
    /// The signed bytes, as text with the tokens <c>{id}</c>, <c>{timestamp}</c>, <c>{method}</c>, <c>{url}</c> and
    /// <c>{body}</c>. Everything else stands for itself.
    /// </summary>
    /// <value>The default is <c>{body}</c>.</value>
    public string SignedContent { get; init; } = "{body}";

    /// <summary>The header that carries the timestamp, or <see langword="null"/>.</summary>
    public string? TimestampHeader { get; init; }

    /// <summary>
    /// The property of the JSON body that carries the timestamp, by name or JSON Pointer, or <see langword="null"/>. The
    /// body then has to be held to the end, and whoever signs has to write the property.
    /// </summary>
    public string? TimestampProperty { get; init; }

    /// <summary>How the timestamp is written.</summary>
    /// <value>The default is <see cref="TimestampFormat.UnixSeconds"/>.</value>
    public TimestampFormat TimestampFormat { get; init; } = TimestampFormat.UnixSeconds;

    /// <summary>How far the timestamp may lie from the receiver's clock, in either direction.</summary>
    /// <value>The default is five minutes.</value>
    public TimeSpan Tolerance { get; init; } = SignatureScheme.DefaultTolerance;

    /// <summary>How many entries of a signature header are looked at; a header with more is refused.</summary>
    /// <value>The default is 32; the range is 1 to 32.</value>
    public int MaximumSignatures { get; init; } = 32;

    /// <summary>Where the message id and the event type are found. The id's header is needed if the id is
    /// signed.</summary>
    public MessageFields Fields { get; init; } = MessageFields.None;

    /// <summary>What is signed of a URL.</summary>
    internal Func<string, string>? UrlForm { get; init; }

    /// <summary>Whether the headers say when it was signed.</summary>
    internal bool HasTimestamp => TimestampHeader is not null || TimestampItem is not null;

    /// <summary>Finds what doesn't fit together before anything is signed.</summary>
    /// <exception cref="ArgumentException">A property is missing or out of range; the message names it.</exception>
    internal void Check()
    {
        Demand(!string.IsNullOrWhiteSpace(SignatureHeader), nameof(SignatureHeader), "names no header");
        Demand(MaximumSignatures is >= 1 and <= 32, nameof(MaximumSignatures), "is not 1 to 32");
        Demand(Tolerance > TimeSpan.Zero, nameof(Tolerance), "is not positive");
        Demand(
            TimestampItem is null || TimestampHeader is null,
            nameof(TimestampItem), "stands beside TimestampHeader; set one of them");
        Demand(
            TimestampProperty is null || !HasTimestamp,
            nameof(TimestampProperty), "stands beside TimestampHeader or TimestampItem; set one of them");
        Demand(
            TimestampItem is null || HeaderFormat == SignatureHeaderFormat.NamedItems,
            nameof(TimestampItem), "needs the format NamedItems");
        Demand(
            HeaderFormat == SignatureHeaderFormat.Prefixed || SignatureItem.Length > 0,
            nameof(SignatureItem), "is empty");
        Demand(HasTimestamp || !SignedContent.Contains("{timestamp}", StringComparison.Ordinal), nameof(SignedContent),
            "signs {timestamp}; set TimestampHeader or TimestampItem");
        Demand(
            Fields.IdHeader is not null || !SignedContent.Contains("{id}", StringComparison.Ordinal),
            nameof(SignedContent), "signs {id}; set Fields.IdHeader");
    }

    private static void Demand(bool condition, string property, string fault)
    {
        if (!condition)
        {
            throw new ArgumentException($"SignatureLayout.{property} {fault}.", property);
        }
    }
}
