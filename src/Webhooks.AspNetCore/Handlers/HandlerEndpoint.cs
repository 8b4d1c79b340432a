using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>What a mapped route runs for a verified request: the handlers of its source, while the sender
/// waits.</summary>
internal sealed class HandlerEndpoint(WebhookHandlerTable table, InboxIntake? inbox)
{
    public Task InvokeAsync(HttpContext context) => inbox is null ? RunAsync(context) : inbox.AcceptAsync(context);

    private async Task RunAsync(HttpContext context)
    {
        var webhook = context.GetVerifiedWebhook();
        var outcome = await table.RunAsync(
            RequestCopy.Of(webhook, context.Request), context.RequestServices, context.RequestAborted)
            .ConfigureAwait(false);
        webhook.IsHandled = true;
        var status = StatusOf(outcome.Kind);
        if (status != StatusCodes.Status200OK)
            await Problem.WriteAsync(context, status).ConfigureAwait(false);
    }

    // 200 and not 204: some senders, Mailgun and Linear among them, take nothing else for success.
    private static int StatusOf(HandlerOutcomeKind kind) => kind switch
    {
        HandlerOutcomeKind.Handled or HandlerOutcomeKind.Ignored => StatusCodes.Status200OK,
        HandlerOutcomeKind.Rejected => StatusCodes.Status422UnprocessableEntity,
        HandlerOutcomeKind.Unreadable => StatusCodes.Status400BadRequest,
        _ => throw new UnreachableException(),
    };
}
