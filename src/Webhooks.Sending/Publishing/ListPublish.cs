namespace Webhooks;

/// <summary>Several messages that a caller waits for; all are stored or none.</summary>
internal sealed class ListPublish(IReadOnlyList<WebhookMessage> messages, long startedAt)
    : PublishRequest(messages, onlyEndpoint: null, startedAt)
{
    private readonly TaskCompletionSource<IReadOnlyList<PublishResult>> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<PublishResult>> Task => _completion.Task;

    protected override void SetResults(PublishResult[] results) => _completion.TrySetResult(results);

    protected override void SetException(Exception exception) => _completion.TrySetException(exception);

    protected override void SetCanceled(CancellationToken cancellationToken)
        => _completion.TrySetCanceled(cancellationToken);
}
