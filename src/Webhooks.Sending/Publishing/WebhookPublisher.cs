using System.Data.Common;

namespace Webhooks;

/// <summary>Checks and plans in the caller's own time; then the queue, or the caller's transaction.</summary>
internal sealed class WebhookPublisher(
    PublishQueue queue,
    TransactionPublisher transactions,
    EndpointDirectory directory,
    PublishPlanner planner,
    PublishMetrics metrics,
    EngineTelemetry telemetry) : IWebhookPublisher
{
    public Task<PublishResult> PublishAsync(WebhookMessage message, CancellationToken cancellationToken = default)
        => PublishAsync(message, onlyEndpoint: null, cancellationToken);

    public Task<IReadOnlyList<PublishResult>> PublishAsync(
        IReadOnlyList<WebhookMessage> messages, CancellationToken cancellationToken = default)
    {
        var list = Check(messages);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<IReadOnlyList<PublishResult>>(cancellationToken);
        if (list.Length == 0)
            return Task.FromResult<IReadOnlyList<PublishResult>>([]);

        return PublishTracing.IsOn ? TraceAsync(list, Publish) : Publish();

        Task<IReadOnlyList<PublishResult>> Publish()
        {
            var request = new ListPublish(list, metrics.Start());
            Enqueue(request, cancellationToken);
            return request.Task;
        }
    }

    public async Task<PublishResult> PublishAsync(
        WebhookMessage message, DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        planner.Check(message);
        var results = await PublishAsync([message], transaction, cancellationToken).ConfigureAwait(false);
        return results[0];
    }

    public Task<IReadOnlyList<PublishResult>> PublishAsync(
        IReadOnlyList<WebhookMessage> messages, DbTransaction transaction,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var list = Check(messages);
        if (list.Length == 0)
            return Task.FromResult<IReadOnlyList<PublishResult>>([]);

        return PublishTracing.IsOn ? TraceAsync(list, Publish) : Publish();

        Task<IReadOnlyList<PublishResult>> Publish()
            => transactions.PublishAsync(new ListPublish(list, metrics.Start()), transaction, cancellationToken);
    }

    /// <summary>Publishes one message, to a single endpoint whatever that wants where one is named.</summary>
    public Task<PublishResult> PublishAsync(
        WebhookMessage message, long? onlyEndpoint, CancellationToken cancellationToken)
    {
        planner.Check(message);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<PublishResult>(cancellationToken);

        return PublishTracing.IsOn
            ? TraceAsync(message, onlyEndpoint, cancellationToken)
            : EnqueueAsync(message, onlyEndpoint, cancellationToken);
    }

    private Task<PublishResult> EnqueueAsync(
        WebhookMessage message, long? onlyEndpoint, CancellationToken cancellationToken)
    {
        var request = new SinglePublish(message, onlyEndpoint, metrics.Start());
        Enqueue(request, cancellationToken);
        return request.Task;
    }

    private void Enqueue(PublishRequest request, CancellationToken cancellationToken)
    {
        // In the caller's time, of which there is more than of the writer's.
        request.Plan(planner, directory.Current);
        request.CancelOn(cancellationToken);
        queue.Add(request);
    }

    private async Task<PublishResult> TraceAsync(
        WebhookMessage message, long? onlyEndpoint, CancellationToken cancellationToken)
    {
        var results = await TraceAsync(
            [message],
            async () => [await EnqueueAsync(message, onlyEndpoint, cancellationToken).ConfigureAwait(false)])
            .ConfigureAwait(false);
        return results[0];
    }

    private async Task<IReadOnlyList<PublishResult>> TraceAsync(
        IReadOnlyList<WebhookMessage> messages, Func<Task<IReadOnlyList<PublishResult>>> publish)
    {
        using var activity = PublishTracing.Start(telemetry, messages);
        try
        {
            var results = await publish().ConfigureAwait(false);
            if (activity is not null)
                PublishTracing.Complete(activity, results);
            return results;
        }
        catch (Exception exception) when (activity is not null)
        {
            PublishTracing.Fail(activity, exception);
            throw;
        }
    }

    private WebhookMessage[] Check(IReadOnlyList<WebhookMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        WebhookMessage[] list = [.. messages];
        foreach (var message in list)
            planner.Check(message);
        return list;
    }
}
