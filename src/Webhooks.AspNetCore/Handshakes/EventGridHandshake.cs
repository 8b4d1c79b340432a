using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Azure Event Grid's validation event: its <c>validationCode</c> comes back. The <c>validationUrl</c> beside
/// it is never called. Subscriptions with the schema of CloudEvents ask with <c>OPTIONS</c> instead.</summary>
internal sealed class EventGridHandshake : WebhookHandshake
{
    private static readonly CloudEventsHandshake CloudEvents = new();

    private static readonly MessageFields Validation = new()
    {
        IdProperty = "/0/data/validationCode",
        EventTypeProperty = "/0/eventType",
    };

    public override IReadOnlyList<string> Methods => CloudEvents.Methods;

    public override ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken) =>
        CloudEvents.TryAnswerUnverifiedAsync(context, cancellationToken);

    public override async ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        if (context.HttpContext.Request.Headers["aeg-event-type"] is not ["SubscriptionValidation"])
            return false;

        var (code, eventType) = Validation.FindIn(webhook.Body);
        if (eventType == "Microsoft.EventGrid.SubscriptionValidationEvent" && HandshakeText.IsLine(code))
            await context.AnswerPropertiesAsync(("validationResponse", code), cancellationToken).ConfigureAwait(false);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return true;
    }
}
