namespace Webhooks.Stores;

/// <summary>What the suite needs of a <see cref="WebhookDuplicateStore"/> under test. Each test makes one of its
/// own.</summary>
/// <remarks>To run the suite, derive a class from <see cref="ClaimTests{THarness}"/>, and one from
/// <see cref="SharedClaimTests{THarness}"/> if processes that share the store can trust it at the same
/// moment.</remarks>
public abstract class DuplicateHarness : IAsyncDisposable
{
    /// <summary>The store under test.</summary>
    public abstract WebhookDuplicateStore Store { get; }

    /// <summary>Makes an empty store that <see cref="WebhookDuplicateStore.InitializeAsync"/> has been called
    /// on.</summary>
    public abstract ValueTask StartAsync();

    /// <summary>Moves the store's clock on. Where that is a database's, moving every stored time back by as much does
    /// the same.</summary>
    /// <param name="time">How far.</param>
    public abstract ValueTask AdvanceAsync(TimeSpan time);

    /// <summary>Opens the same data as another process would, for <see cref="SharedClaimTests{THarness}"/>. The harness
    /// disposes of it.</summary>
    public virtual ValueTask<WebhookDuplicateStore> OpenAnotherAsync() => throw new NotSupportedException();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
