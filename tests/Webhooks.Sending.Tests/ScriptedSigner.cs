namespace Webhooks.Tests;

internal sealed class ScriptedSigner(Action<WebhookSigningContext> sign) : IWebhookSigner
{
    public ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken)
    {
        sign(context);
        return ValueTask.CompletedTask;
    }
}
