using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Sends, and while that fails and the policy says so, waits and sends again.</summary>
internal sealed class WebhookSender(
    AttemptSender attempts,
    RetryPolicy usualPolicy,
    Random random,
    AttemptMetrics metrics,
    TimeProvider timeProvider,
    ILogger logger) : IWebhookSender
{
    // A timer can't be set further ahead than some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    public Task<WebhookSendResult> SendAsync(
        WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(endpoint);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<WebhookSendResult>(cancellationToken)
            : SendCoreAsync(message, endpoint, cancellationToken);
    }

    private async Task<WebhookSendResult> SendCoreAsync(
        WebhookMessage message, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var startedTicks = timeProvider.GetTimestamp();
        var first = await attempts.SendAsync(message, endpoint, 1, cancellationToken).ConfigureAwait(false);
        return first.Succeeded
            ? new WebhookSendResult(WebhookSendStatus.Succeeded, message.Id, first, attempts: null)
            : await RetryAsync(message, endpoint, first, startedTicks, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WebhookSendResult> RetryAsync(
        WebhookMessage message, WebhookEndpoint endpoint, WebhookAttempt first, long startedTicks,
        CancellationToken cancellationToken)
    {
        var attempt = first;
        var all = new List<WebhookAttempt> { first };
        while (Decide(message, endpoint, attempt, startedTicks) is { ShouldRetry: true } decision)
        {
            logger.RetryScheduled(message.Id.Value, endpoint.Id, decision.Delay, attempt.Number + 1);
            metrics.RecordRetry(message);
            await WaitAsync(message, endpoint, attempt.Number + 1, decision.Delay, cancellationToken)
                .ConfigureAwait(false);
            attempt = await attempts.SendAsync(message, endpoint, attempt.Number + 1, cancellationToken)
                .ConfigureAwait(false);
            all.Add(attempt);
        }

        return Conclude(message, endpoint, attempt, all);
    }

    private RetryDecision Decide(
        WebhookMessage message, WebhookEndpoint endpoint, WebhookAttempt attempt, long startedTicks)
    {
        var policy = endpoint.RetryPolicy ?? usualPolicy;
        try
        {
            var elapsed = timeProvider.GetElapsedTime(startedTicks);
            return RetryPlan.Next(policy, new RetryContext(attempt, attempt.Number, elapsed, endpoint, random));
        }
#pragma warning disable CA1031 // A user's policy may throw anything; the attempts so far must reach the caller.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.RetryPolicyThrew(exception, policy.GetType().Name, message.Id.Value, endpoint.Id);
            return RetryDecision.Stop;
        }
    }

    private async Task WaitAsync(
        WebhookMessage message, WebhookEndpoint endpoint, int nextAttempt, TimeSpan delay,
        CancellationToken cancellationToken)
    {
        try
        {
            for (; delay > LongestWait; delay -= LongestWait)
                await Task.Delay(LongestWait, timeProvider, cancellationToken).ConfigureAwait(false);
            await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            logger.Cancelled(message.Id.Value, endpoint.Id, nextAttempt);
            throw;
        }
    }

    private WebhookSendResult Conclude(
        WebhookMessage message, WebhookEndpoint endpoint, WebhookAttempt attempt, List<WebhookAttempt> all)
    {
        var status = attempt.Succeeded ? WebhookSendStatus.Succeeded
            : RetryPlan.IsEndedByReceiver(attempt) ? WebhookSendStatus.Aborted
            : WebhookSendStatus.Failed;
        if (status != WebhookSendStatus.Succeeded)
            logger.GivenUp(message.Id.Value, endpoint.Id, all.Count, status, attempt.Error);
        return new WebhookSendResult(status, message.Id, attempt, all.AsReadOnly());
    }
}
