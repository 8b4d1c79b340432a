using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Turns what a store did into results, and shows it in logs and metrics.</summary>
internal sealed class PublishReporter(PublishMetrics metrics, ILogger logger)
{
    /// <summary>Whether there is something to claim: more was stored than this node already holds.</summary>
    public static bool BringsWork(PublishOutcome outcome)
    {
        var left = -outcome.Leased.Count;
        for (var i = 0; i < outcome.Messages.Count; i++)
        {
            if (outcome.Messages[i] is { Duplicate: MessageDuplicate.None, DeliveryCount: var count })
                left += count;
        }

        return left > 0;
    }

    /// <summary>Ends a request whose messages' outcomes begin somewhere in the batch's.</summary>
    public void Complete(PublishRequest request, IReadOnlyList<StoredMessage> stored, int first)
    {
        try
        {
            request.Complete(Results(request.Messages, stored, first, request.IsRetried, request.StartedAt));
        }
#pragma warning disable CA1031 // An id that is taken, or a store that answered nonsense: the caller's either way.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            request.Fail(exception);
        }
    }

    /// <exception cref="WebhookConflictException">The id of a message is another tenant's.</exception>
    public PublishResult[] Results(
        IReadOnlyList<WebhookMessage> messages, IReadOnlyList<StoredMessage> stored, int first, bool isRetried,
        long startedAt)
    {
        var results = new PublishResult[messages.Count];
        WebhookMessage? taken = null;
        for (var i = 0; i < results.Length; i++)
        {
            var (message, outcome) = (messages[i], stored[first + i]);
            if (outcome.Duplicate == MessageDuplicate.IdTaken)
            {
                taken ??= message;
                metrics.Record(message, PublishMetrics.Failed, startedAt);
                continue;
            }

            results[i] = Result(message, outcome, isRetried);
            TryReport(message, results[i], startedAt);
        }

        return taken is null ? results : throw new WebhookConflictException(
            $"The message id {taken.Id.Value} is taken: another tenant has a message of this id. It wasn't stored; "
            + "give it another id.");
    }

    public void Failed(PublishRequest request)
    {
        foreach (var message in request.Messages)
            metrics.Record(message, PublishMetrics.Failed, request.StartedAt);
    }

    // A write that threw may have been done all the same: the first message of this id is then the caller's own.
    private static PublishResult Result(WebhookMessage message, StoredMessage outcome, bool isRetried)
    {
        if (outcome.Duplicate == MessageDuplicate.None || outcome.MessageId == message.Id.Value)
        {
            var isDuplicate = outcome.Duplicate != MessageDuplicate.None && !isRetried;
            return new PublishResult(message.Id, outcome.DeliveryCount, isDuplicate);
        }

        return new PublishResult(MessageId.Parse(outcome.MessageId), outcome.DeliveryCount, IsDuplicate: true);
    }

    private void TryReport(WebhookMessage message, PublishResult result, long startedAt)
    {
        try
        {
            Report(message, result, startedAt);
        }
#pragma warning disable CA1031 // The application's logger or listener may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The message is stored, and that is what its publisher should hear.
        }
    }

    private void Report(WebhookMessage message, PublishResult result, long startedAt)
    {
        metrics.Record(
            message,
            result.IsDuplicate ? PublishMetrics.Duplicate
                : result.DeliveryCount == 0 ? PublishMetrics.Unwanted
                : PublishMetrics.Stored,
            startedAt);
        if (!logger.IsEnabled(LogLevel.Debug))
            return;

        if (result.IsDuplicate)
            logger.MessageWasDuplicate(message.Id.Value, message.EventType.Value, result.MessageId.Value);
        else if (result.DeliveryCount == 0)
            logger.MessageWasUnwanted(message.Id.Value, message.EventType.Value);
        else
            logger.MessageWasPublished(message.Id.Value, message.EventType.Value, result.DeliveryCount);
    }
}
