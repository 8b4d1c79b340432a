namespace Webhooks;

/// <summary>
/// Signs requests. The one that is registered unless you register your own signs with the schemes and secrets of the
/// endpoint; another can ask a key management service.
/// </summary>
public interface IWebhookSigner
{
    /// <summary>Writes the headers that identify and sign one request. Called anew for every attempt.</summary>
    /// <param name="context">The message, the endpoint and where to write headers.</param>
    /// <param name="cancellationToken">Cancelled when the attempt's time is over.</param>
    /// <remarks>An exception thrown here is recorded as <see cref="WebhookErrorKind.SigningFailed"/>.</remarks>
    ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken);
}
