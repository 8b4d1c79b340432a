namespace Webhooks;

/// <summary>The way of a batch to the store: past this process's dispatcher, which takes what it can attempt at once,
/// while that runs.</summary>
internal sealed class PublishRoute(WebhookStore store)
{
    private volatile DirectLeases? _direct;

    /// <summary>The dispatcher's part; null while none runs.</summary>
    public DirectLeases? Direct
    {
        get => _direct;
        set => _direct = value;
    }

    /// <summary>Stores a batch.</summary>
    /// <param name="batch">What to store.</param>
    /// <param name="endpoints">The endpoints at the batch's revision.</param>
    public async ValueTask<PublishOutcome> PublishAsync(PublishBatch batch, EndpointSnapshot endpoints)
        => Direct is { } direct
            ? await direct.PublishAsync(batch, endpoints).ConfigureAwait(false)
            : await store.PublishAsync(batch, CancellationToken.None).ConfigureAwait(false);
}
