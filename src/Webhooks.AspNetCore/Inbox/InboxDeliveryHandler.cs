using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Runs the handlers of a webhook whose turn has come.</summary>
internal sealed class InboxDeliveryHandler(
    WebhookHandlerTable table,
    IServiceScopeFactory scopes,
    WebhookStore store,
    WebhookInboxOptions options,
    TimeProvider time,
    ILogger logger)
    : IDeliveryHandler
{
    public async ValueTask<WebhookAttempt> AttemptAsync(
        HeldDelivery run, WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var (startedAt, started) = (time.GetUtcNow(), time.GetTimestamp());
        AttemptOutcome outcome;
        try
        {
            var place = new InboxPlace(store, run, () => Attempt(new AttemptOutcome(WebhookErrorKind.None)));
            outcome = await RunAsync(message, run.Delivery.Attempts + 1, place, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The application's handlers may throw anything.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.InboxHandlerFailed(
                logger, exception, message.Id.Value, endpoint.Id, run.Delivery.Attempts + 1);
            outcome = new AttemptOutcome(WebhookErrorKind.HandlerFailed)
            {
                ErrorMessage = $"{exception.GetType().Name}; the log has more.",
            };
        }

        return Attempt(outcome);

        WebhookAttempt Attempt(AttemptOutcome ended)
            => new(run.Delivery.Attempts + 1, startedAt, time.GetElapsedTime(started), ended);
    }

    public void Report(EndpointEntry entry, WebhookAttempt attempt, CircuitChange change)
    {
        // A source has no health of its own: what fails are its handlers, one webhook at a time.
    }

    private async Task<AttemptOutcome> RunAsync(
        WebhookMessage message, int attempt, InboxPlace place, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.HandlerTimeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var received = InboxMessages.Read(message, attempt, place);
            var outcome = await table.RunAsync(received, scope.ServiceProvider, ending.Token).ConfigureAwait(false);
            return outcome.Kind is HandlerOutcomeKind.Handled or HandlerOutcomeKind.Ignored
                ? new AttemptOutcome(WebhookErrorKind.None)
                : new AttemptOutcome(WebhookErrorKind.NotHandled) { ErrorMessage = outcome.Reason, IsFinal = true };
        }
    }
}
