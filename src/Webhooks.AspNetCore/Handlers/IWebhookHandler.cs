namespace Webhooks;

/// <summary>Handles the webhooks of one or several event types. Taken from the services, for each webhook anew from its
/// scope.</summary>
/// <typeparam name="T">The payload.</typeparam>
public interface IWebhookHandler<T>
{
    /// <summary>Handles a webhook. When it returns, the webhook counts as handled; when it throws, it doesn't, and comes
    /// again as its sender (or the inbox) decides.</summary>
    /// <param name="webhook">What happened.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the end any more: the sender went away, or the
    /// application stops.</param>
    /// <returns>The work.</returns>
    Task HandleAsync(WebhookEvent<T> webhook, CancellationToken cancellationToken);
}
