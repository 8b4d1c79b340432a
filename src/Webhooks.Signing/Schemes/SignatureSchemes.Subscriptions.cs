namespace Webhooks;

/// <content>Schemes of senders that ask first whether they may send.</content>
public static partial class SignatureSchemes
{
    /// <summary>LinkedIn ("Validate your webhook endpoint"). The secret is the client secret. A request may hold several
    /// notifications and has no id.</summary>
    public static HmacSignatureScheme LinkedIn { get; } = new(
        "linkedin",
        new SignatureLayout
        {
            SignatureHeader = "X-LI-Signature",
            Encoding = SignatureEncoding.Hex,
            SignedContent = "hmacsha256={body}",
            Fields = new MessageFields { EventTypeProperty = "type" },
        });

    /// <summary>Nylas, version 3 ("Using webhooks": verify webhook signatures).</summary>
    public static HmacSignatureScheme Nylas { get; } = new(
        "nylas",
        new SignatureLayout
        {
            SignatureHeader = "x-nylas-signature",
            Encoding = SignatureEncoding.Hex,
            Fields = new MessageFields { IdProperty = "id", EventTypeProperty = "type" },
        });

    /// <summary>WebSub (W3C recommendation, section 7) by hubs that sign with SHA-256. The secret is the
    /// <c>hub.secret</c> of the subscription. The content may be of any type, and has no id.</summary>
    public static HmacSignatureScheme WebSub { get; } = new("websub", WebSubLayout("sha256="));

    /// <summary>WebSub by hubs that sign with SHA-1, as those of older versions of it do.</summary>
    public static HmacSignatureScheme WebSubSha1 { get; } =
        new("websub-sha1", WebSubLayout("sha1="), HmacAlgorithm.Sha1);

    private static SignatureLayout WebSubLayout(string prefix) => new()
    {
        SignatureHeader = "X-Hub-Signature",
        Prefix = prefix,
        Encoding = SignatureEncoding.Hex,
    };
}
