namespace Webhooks;

/// <summary>A handler from the services.</summary>
internal sealed class InvoiceHandler(HandledInvoices handled) : IWebhookHandler<Invoice>
{
    public Task HandleAsync(WebhookEvent<Invoice> webhook, CancellationToken cancellationToken)
    {
        handled.Add(webhook.Payload);
        return Task.CompletedTask;
    }
}
