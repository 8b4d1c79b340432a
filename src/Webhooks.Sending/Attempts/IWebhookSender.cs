namespace Webhooks;

/// <summary>Sends messages over HTTP, now and in this process.</summary>
public interface IWebhookSender
{
    /// <summary>
    /// Signs a message, posts it to an endpoint and, when that fails, tries again by the endpoint's retry policy. It
    /// returns when the message was accepted or given up; with the default policy that can take days, and a message
    /// that waits here is lost with the process. Use a short policy where that matters.
    /// </summary>
    /// <param name="message">What happened.</param>
    /// <param name="endpoint">Where to send it.</param>
    /// <param name="cancellationToken">Ends the attempts and the waiting.</param>
    /// <returns>Every attempt and how it ended. A failure of the receiver, the network, the signer or the credentials
    /// is a result, never an exception.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the
    /// message was accepted.</exception>
    Task<WebhookSendResult> SendAsync(
        WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken = default);
}
