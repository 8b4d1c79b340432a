namespace Webhooks;

/// <content>Schemes with rules of their own.</content>
public static partial class SignatureSchemes
{
    /// <summary>
    /// Twilio ("Webhooks security"): HMAC with SHA-1 over the URL and a form's parameters, or over a URL that names the
    /// digest of another body (<c>bodySHA256</c>). The secret is the auth token. The URL may have been signed with or
    /// without its port. A body that is neither is refused, since nothing covers it.
    /// </summary>
    public static SignatureScheme Twilio { get; } = new TwilioSignatureScheme();

    /// <summary>
    /// SendGrid's signed Event Webhook ("Getting started with the Event Webhook security features"): ECDSA with P-256.
    /// The secret is the verification key as SendGrid shows it. A request may hold several events and has no id.
    /// </summary>
    public static SignatureScheme SendGrid { get; } = new SendGridSignatureScheme();

    /// <summary>
    /// Mailgun ("Securing webhooks"): the signature lies in the body, and <b>does not cover the event</b>, only a
    /// timestamp and a token. The token is the id: drop duplicates, or whoever holds one request can send others.
    /// Signing checks that the body was signed already.
    /// </summary>
    public static SignatureScheme Mailgun { get; } = new MailgunSignatureScheme();

    /// <summary>
    /// Amazon SNS, signatures of version 2 ("Verifying the signatures of Amazon SNS messages"). The secrets are the
    /// ARNs of the topics that are trusted, since anybody can have a topic of their own. Needs
    /// <see cref="VerificationContext.Keys"/> and <see cref="SignatureVerification.CompleteAsync"/>. It can't sign.
    /// </summary>
    public static SignatureScheme AmazonSns { get; } = new SnsSignatureScheme("sns", takesSha1: false);

    /// <summary>Amazon SNS as <see cref="AmazonSns"/>, and signatures of version 1 too: RSA with SHA-1, which a topic
    /// makes unless its <c>SignatureVersion</c> was set to 2.</summary>
    public static SignatureScheme AmazonSnsV1 { get; } = new SnsSignatureScheme("sns-v1", takesSha1: true);

    /// <summary>
    /// PayPal ("Integrate webhooks"). The secret is the webhook's id. What is signed of the body is its CRC-32, for
    /// which <b>another body can be made</b>: confirm with PayPal's API whatever matters. Needs
    /// <see cref="VerificationContext.Keys"/> and <see cref="SignatureVerification.CompleteAsync"/>. It can't sign.
    /// </summary>
    public static SignatureScheme PayPal { get; } = new PayPalSignatureScheme();

    /// <summary>
    /// Adyen's payment webhooks ("Verify HMAC signatures"): the one item of the body holds a signature of eight of its
    /// fields, and <b>the rest is not covered</b>. A body with several items is refused: Adyen sends none in JSON, and
    /// since each has its own signature, anybody could recombine them. The secret is written in hexadecimal digits.
    /// Signing checks that the body was signed already.
    /// </summary>
    public static SignatureScheme Adyen { get; } = new AdyenSignatureScheme();

    /// <summary>HubSpot's signatures of version 2 ("Validating requests"): a plain hash that begins with the secret,
    /// over the URL and the body, without a timestamp. For old applications; others use
    /// <see cref="HubSpot"/>.</summary>
    public static SignatureScheme HubSpotV2 { get; } = new HubSpotLegacyScheme("v2");

    /// <summary>HubSpot's signatures of version 1 ("Validating requests"): a plain hash that begins with the secret,
    /// over the body, without a timestamp. For old applications; others use <see cref="HubSpot"/>.</summary>
    public static SignatureScheme HubSpotV1 { get; } = new HubSpotLegacyScheme("v1");

    /// <summary>HTTP message signatures (RFC 9421) with the defaults of <see cref="HttpMessageSignatureOptions"/>. Secrets
    /// are keys as <see cref="HttpMessageSignatureScheme.ParseSecret"/> reads them. For ed25519 there is the package
    /// Webhooks.Ed25519.</summary>
    public static HttpMessageSignatureScheme HttpMessageSignatures { get; } = new("rfc9421");
}
