using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>All handlers, by source, and how they are run: during a webhook's request and from the inbox alike.</summary>
internal sealed class WebhookHandlerTable(HandlerMetrics metrics, ILogger<WebhookHandlerTable> logger)
{
    private readonly ConcurrentDictionary<string, SourceHandlers> _sources = new(StringComparer.OrdinalIgnoreCase);

    public ICollection<SourceHandlers> Sources => _sources.Values;

    /// <summary>The handlers of a source, for more to be added.</summary>
    public SourceHandlers Of(string source) => _sources.GetOrAdd(source, name => new SourceHandlers(name));

    public bool TryFind(string source, [NotNullWhen(true)] out SourceHandlers? handlers) =>
        _sources.TryGetValue(source, out handlers);

    /// <summary>Runs the handlers that want a webhook, one after the other. What they throw passes through: the webhook
    /// wasn't handled then, and all of them run again when it comes again.</summary>
    /// <param name="received">The webhook. Its body can't be read afterwards.</param>
    /// <param name="services">The services of the scope to run in.</param>
    /// <param name="cancellationToken">Cancels the handlers.</param>
    /// <returns>What became of it.</returns>
    public async ValueTask<HandlerOutcome> RunAsync(
        ReceivedWebhook received, IServiceProvider services, CancellationToken cancellationToken)
    {
        var started = metrics.Start();
        using var activity = HandlerActivity.Start(received);
        var (pattern, result) = (default(string), HandlerMetrics.Failed);
        try
        {
            var outcome = Prepare(received, out var runs, out pattern);
            foreach (var run in runs)
                await run(services, cancellationToken).ConfigureAwait(false);

            result = HandlerMetrics.NameOf(outcome.Kind);
            Report(received.Source, pattern, outcome);
            return outcome;
        }
        catch (Exception exception)
        {
            HandlerActivity.Fail(activity, exception);
            throw;
        }
        finally
        {
            received.Release();
            metrics.Record(received.Source, pattern, result, started);
            activity?.SetTag("webhooks.handler.result", result);
        }
    }

    private HandlerOutcome Prepare(
        ReceivedWebhook received, out Func<IServiceProvider, CancellationToken, Task>[] runs, out string? pattern)
    {
        (runs, pattern) = ([], null);
        if (!TryFind(received.Source, out var handlers))
            return new HandlerOutcome(HandlerOutcomeKind.Rejected, $"No route maps handlers for '{received.Source}'.");

        try
        {
            var routes = handlers.Find(received, out var version);
            if (routes.Length == 0)
                return Unwanted(handlers);

            pattern = routes[0].Pattern.Text;
            runs = Array.ConvertAll(routes, route => route.Prepare(received, version, handlers.PayloadPath));
            return new HandlerOutcome(HandlerOutcomeKind.Handled);
        }
        catch (JsonException exception)
        {
            return new HandlerOutcome(HandlerOutcomeKind.Unreadable, PayloadFault.Describe(exception));
        }
    }

    private static HandlerOutcome Unwanted(SourceHandlers handlers) => handlers.Unknown == UnknownEventType.Reject
        ? new HandlerOutcome(HandlerOutcomeKind.Rejected, "No handler wants its event type.")
        : new HandlerOutcome(HandlerOutcomeKind.Ignored);

    private void Report(string source, string? pattern, HandlerOutcome outcome)
    {
        switch (outcome.Kind)
        {
            case HandlerOutcomeKind.Handled:
                Log.HandlersRan(logger, source, pattern!);
                break;
            case HandlerOutcomeKind.Ignored:
                Log.NoHandler(logger, source);
                break;
            case HandlerOutcomeKind.Rejected:
                Log.HandlersRejected(logger, source, outcome.Reason!);
                break;
            default:
                Log.PayloadUnreadable(logger, source, outcome.Reason!);
                break;
        }
    }
}
