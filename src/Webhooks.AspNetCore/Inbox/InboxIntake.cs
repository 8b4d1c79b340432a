using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Stores a verified webhook and answers: 202 once it is on the disk (or 200, for senders that take nothing else
/// for success), 503 when it isn't.</summary>
internal sealed class InboxIntake(
    WebhookPublisher publisher,
    InboxSources sources,
    IOptions<WebhookInboxOptions> options,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(10);

    public async Task AcceptAsync(HttpContext context)
    {
        var webhook = context.GetVerifiedWebhook();
        try
        {
            var isDuplicate = await StoreAsync(webhook, context.Request).ConfigureAwait(false);
            if (isDuplicate)
                Log.InboxDuplicate(logger, webhook.Source);
            else
                Log.InboxStored(logger, webhook.Source);
            context.Response.StatusCode = webhook.StoredStatus;
        }
#pragma warning disable CA1031 // Whatever keeps it from being stored: the sender has to hear that it wasn't.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.InboxNotStored(logger, exception, webhook.Source);
            Problem.RetryAfter(context, AgainAfter);
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable).ConfigureAwait(false);
        }
    }

    private async Task<bool> StoreAsync(VerifiedWebhook webhook, HttpRequest request)
    {
        var sourceId = sources.IdOf(webhook.Source);
        var message = InboxMessages.Write(
            webhook, request, options.Value.OrderingKey?.Invoke(webhook), time.GetUtcNow());
        using var patience = new CancellationTokenSource(options.Value.StoreTimeout, time);
        var source = await sources.NumberOfAsync(webhook.Source, sourceId, patience.Token).ConfigureAwait(false);
        var result = await publisher.PublishAsync(message, source, patience.Token).ConfigureAwait(false);
        return result.DeliveryCount > 0
            ? result.IsDuplicate
            : throw new InvalidOperationException("The source's place in the inbox's store isn't enabled: enable it.");
    }
}
