namespace Webhooks.Node;

internal sealed class ThrowingPolicy : RetryPolicy
{
    public override RetryDecision Decide(RetryContext context) => throw new InvalidOperationException("This policy throws.");
}
