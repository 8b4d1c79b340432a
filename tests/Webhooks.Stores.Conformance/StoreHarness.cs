using System.Data.Common;

namespace Webhooks.Stores;

/// <summary>
/// What the suite needs of a store under test. Each test makes one of its own; whatever several of them share, such as
/// a database server, is the harness's own affair.
/// </summary>
/// <remarks>
/// To run the suite, derive a class from each abstract test class:
/// <c>public sealed class SqlitePublishingTests : PublishingTests&lt;SqliteHarness&gt;;</c>. Leave out
/// <see cref="NodeTests{THarness}"/> if only one process can use the store, <see cref="DirectLeaseTests{THarness}"/> if
/// it holds nothing of what is published, and <see cref="TransactionTests{THarness}"/> and <see cref="JoinedOutcomeTests{THarness}"/> if it can't join
/// transactions.
/// </remarks>
public abstract class StoreHarness : IAsyncDisposable
{
    /// <summary>The store under test.</summary>
    public abstract WebhookStore Store { get; }

    /// <summary>Whether <see cref="StoreStatistics.Pending"/> is counted and not estimated.</summary>
    public virtual bool CountsPending => true;

    /// <summary>Makes an empty store that <see cref="WebhookStore.InitializeAsync"/> has been called on.</summary>
    public abstract ValueTask StartAsync();

    /// <summary>
    /// Moves the store's clock on. Where that is a database's, moving every time that is stored back by as much (due
    /// times, leases, creation, completion, idempotency windows, how long endpoints have been failing) does the same.
    /// </summary>
    /// <param name="time">How far.</param>
    public abstract ValueTask AdvanceAsync(TimeSpan time);

    /// <summary>Opens the same data as another node would, for <see cref="NodeTests{THarness}"/>. The harness disposes
    /// of it.</summary>
    public virtual ValueTask<WebhookStore> OpenAnotherAsync() => throw new NotSupportedException();

    /// <summary>Opens a connection to the store's database, for <see cref="TransactionTests{THarness}"/>. The test
    /// disposes of it.</summary>
    public virtual ValueTask<DbConnection> OpenConnectionAsync() => throw new NotSupportedException();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
