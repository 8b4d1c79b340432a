namespace Webhooks;

/// <summary>One message that a caller waits for.</summary>
internal sealed class SinglePublish(WebhookMessage message, long? onlyEndpoint, long startedAt)
    : PublishRequest([message], onlyEndpoint, startedAt)
{
    private readonly TaskCompletionSource<PublishResult> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<PublishResult> Task => _completion.Task;

    protected override void SetResults(PublishResult[] results) => _completion.TrySetResult(results[0]);

    protected override void SetException(Exception exception) => _completion.TrySetException(exception);

    protected override void SetCanceled(CancellationToken cancellationToken)
        => _completion.TrySetCanceled(cancellationToken);
}
