using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Decides what becomes of a delivery after an attempt: done, given up, or when to try again.</summary>
internal sealed class OutcomePlanner(
    RetryPolicy usualPolicy, WebhookDeliveryOptions options, Random random, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>The outcome of an attempt.</summary>
    /// <param name="run">The delivery.</param>
    /// <param name="endpoint">Where it went; null when that can't be read.</param>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="attempt">The attempt.</param>
    public DeliveryOutcome Conclude(
        HeldDelivery run, WebhookEndpoint? endpoint, string endpointId, WebhookAttempt attempt)
    {
        var outcome = Success(run, attempt);
        if (attempt.Succeeded)
            return outcome;

        var failure = Retry(run.Delivery, endpoint, endpointId, attempt, out var decision);
        if (failure == DeliveryFailure.None)
            return Postpone(run.Delivery, endpointId, attempt, outcome, decision.Delay);

        logger.DeliveryGivenUp(
            run.Delivery.Message.Id, endpointId, run.Id, run.Delivery.Attempts + 1, failure, attempt.Error);
        return outcome with { State = DeliveryState.Failed, Failure = failure };
    }

    /// <summary>The outcome of an attempt that succeeded.</summary>
    public static DeliveryOutcome Success(HeldDelivery run, WebhookAttempt attempt) => new()
    {
        Id = run.Id,
        Lease = run.Lease,
        State = DeliveryState.Succeeded,
        Attempt = Record(run.Delivery, attempt),
    };

    /// <summary>The outcome of a delivery whose message has expired.</summary>
    public DeliveryOutcome Expire(HeldDelivery run, string endpointId)
    {
        logger.DeliveryGivenUp(
            run.Delivery.Message.Id, endpointId, run.Id, run.Delivery.Attempts, DeliveryFailure.Expired,
            WebhookErrorKind.None);
        return new DeliveryOutcome
        {
            Id = run.Id,
            Lease = run.Lease,
            State = DeliveryState.Failed,
            Failure = DeliveryFailure.Expired,
        };
    }

    private DeliveryFailure Retry(
        LeasedDelivery delivery, WebhookEndpoint? endpoint, string endpointId, WebhookAttempt attempt,
        out RetryDecision decision)
    {
        decision = RetryDecision.Stop;
        var policy = endpoint?.RetryPolicy ?? usualPolicy;
        try
        {
            var elapsed = timeProvider.GetUtcNow() - (delivery.FirstTryAt ?? attempt.StartedAt);
            decision = RetryPlan.Next(policy, new RetryContext(
                attempt, delivery.Tries + 1, elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero,
                endpoint ?? UnreadableEndpoint.Named(endpointId), random));
        }
#pragma warning disable CA1031 // A user's policy may throw anything; the delivery must end somewhere all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.RetryPolicyThrew(exception, policy.GetType().Name, delivery.Message.Id, endpointId);
            return DeliveryFailure.RetryPolicyThrew;
        }

        return decision.ShouldRetry ? DeliveryFailure.None
            : RetryPlan.IsEndedByReceiver(attempt) ? DeliveryFailure.EndedByReceiver
            : attempt.IsFinal ? DeliveryFailure.Unsendable
            : endpoint is null ? DeliveryFailure.EndpointUnusable
            : DeliveryFailure.RetriesExhausted;
    }

    private DeliveryOutcome Postpone(
        LeasedDelivery delivery, string endpointId, WebhookAttempt attempt, DeliveryOutcome outcome, TimeSpan delay)
    {
        var timing = RetryTiming.Of(
            delay, delivery, delivery.FirstTryAt ?? attempt.StartedAt, options.MaxOrderingWait,
            timeProvider.GetUtcNow());
        logger.RetryScheduled(delivery.Message.Id, endpointId, timing.Delay, delivery.Attempts + 2);
        if (timing.LeavesOrder)
            logger.LeftOrder(delivery.Message.Id, endpointId, options.MaxOrderingWait);
        return outcome with
        {
            State = DeliveryState.Pending,
            RetryDelay = timing.Delay,
            LeavesOrder = timing.LeavesOrder,
        };
    }

    // The number is the store's: another node may have made an attempt while this one was cut off from it.
    private static AttemptRecord Record(LeasedDelivery delivery, WebhookAttempt attempt) => new()
    {
        Number = delivery.Attempts + 1,
        StartedAt = attempt.StartedAt,
        Duration = attempt.Duration,
        Trigger = delivery.Trigger,
        Error = attempt.Error,
        StatusCode = attempt.StatusCode,
        ErrorMessage = attempt.Detail,
        ResponseSnippet = attempt.ResponseSnippet,
    };
}
