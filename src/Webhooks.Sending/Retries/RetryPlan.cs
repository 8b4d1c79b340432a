namespace Webhooks;

/// <summary>
/// Joins the policy with what overrules it: a receiver that says stop, the policy's limits, and <c>Retry-After</c>,
/// which only ever delays. Pure, so that whoever keeps messages can use it as well.
/// </summary>
internal static class RetryPlan
{
    public static RetryDecision Next(RetryPolicy policy, RetryContext context)
    {
        var attempt = context.LastAttempt;
        if (attempt.Succeeded || IsEndedByReceiver(attempt) || attempt.IsFinal)
            return RetryDecision.Stop;
        if (context.AttemptCount >= policy.MaxAttempts)
            return RetryDecision.Stop;

        var decision = policy.Decide(context);
        if (!decision.ShouldRetry)
            return decision;

        var delay = attempt.RetryAfter is { } asked && asked > decision.Delay ? asked : decision.Delay;
        return delay > policy.MaxTotalTime - context.Elapsed ? RetryDecision.Stop : RetryDecision.After(delay);
    }

    public static bool IsEndedByReceiver(WebhookAttempt attempt)
        => attempt.ShouldDisableEndpoint || attempt.Directive == DeliveryDirective.AbortMessage;
}
