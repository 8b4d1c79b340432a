namespace Webhooks;

public static partial class WebhookProviders
{
    /// <summary>
    /// Amazon SNS, signatures of version 2. The secrets are the ARNs of the trusted topics; raw message delivery has to
    /// stay off, since such messages aren't signed. <see cref="WebhookHandshakeOptions.ConfirmSubscriptions"/> has
    /// subscriptions confirmed.
    /// </summary>
    public static WebhookProvider AmazonSns { get; } = new()
    {
        Name = SignatureSchemes.AmazonSns.Name,
        DisplayName = "Amazon SNS",
        Scheme = SignatureSchemes.AmazonSns,
        Handshake = new SnsHandshake(),
        ContentTypes = ["text/plain", "application/json"],
    };

    /// <summary>PayPal. The secret is the webhook's id; of the body only a checksum is signed.</summary>
    public static WebhookProvider PayPal { get; } = new()
    {
        Name = SignatureSchemes.PayPal.Name,
        DisplayName = "PayPal",
        Scheme = SignatureSchemes.PayPal,
    };
}
