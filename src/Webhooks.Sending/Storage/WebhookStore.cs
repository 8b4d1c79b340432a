using System.Data.Common;

namespace Webhooks;

/// <summary>
/// Where endpoints, messages, deliveries and attempts live. Derive from it for a database of your own; the conformance
/// suite says whether it keeps its promises.
/// </summary>
/// <remarks>
/// Methods are safe to call from many threads at once. A method that returned has done what it says durably; one that
/// threw may have done it or not, and can be called again. The clock that decides leases and due times is the store's:
/// callers pass how long from now.
/// </remarks>
public abstract class WebhookStore
{
    /// <summary>The store's name in logs and metrics, such as <c>sqlite</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether what it stores outlives the process.</summary>
    public abstract bool IsDurable { get; }

    /// <summary>How many <see cref="PublishAsync(PublishBatch, CancellationToken)"/> calls at once serve it best; the
    /// publisher joins what waits into batches.</summary>
    /// <value>1 unless overridden.</value>
    public virtual int PublishConcurrency => 1;

    /// <summary>Makes the store ready: creates its schema, or brings it up to date. Safe when many nodes do it at
    /// once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores messages and their deliveries in one transaction, or nothing if the endpoints have changed or it throws.
    /// A message whose id or live idempotency key is known (of the same tenant) is a duplicate and stores nothing.
    /// Where the batch has a lease, the deliveries that it names are held by it from the moment they can be seen. Where
    /// it says how long keys may be waited for, it isn't waited longer.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="cancellationToken">Gives up; what is stored then is uncertain.</param>
    /// <returns>What became of each, and what is held.</returns>
    public abstract Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken);

    /// <summary>Stores messages through the caller's own transaction: they are there when it commits.</summary>
    /// <param name="batch">The messages, without a lease: when the transaction ends nobody knows.</param>
    /// <param name="transaction">An open transaction of the store's own database.</param>
    /// <param name="committed">To be called, from any thread, once the transaction has probably committed, unless
    /// <see cref="ListenAsync"/> will hear of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What becomes of each, if the transaction commits.</returns>
    /// <exception cref="NotSupportedException">The store can't join transactions.</exception>
    /// <exception cref="ArgumentException">The transaction isn't of the store's kind of database, or has
    /// ended.</exception>
    public virtual Task<PublishOutcome> PublishAsync(
        PublishBatch batch, DbTransaction transaction, Action committed, CancellationToken cancellationToken)
        => throw new NotSupportedException($"The {Name} store can't join a transaction: use SQLite or PostgreSQL.");

    /// <summary>
    /// Leases deliveries that are due and that nobody holds. Endpoints that aren't enabled have none to give. Of an
    /// ordering key and endpoint only the oldest pending delivery is ever leased. Where there is more than was asked
    /// for, first tries go before retries, and tenants, then a tenant's endpoints, get equal shares. Within an
    /// endpoint's limit first tries and retries get half each, as far as they have as much: however many first tries
    /// come, retries have their turn.
    /// </summary>
    /// <param name="request">How much, and from whom.</param>
    /// <param name="cancellationToken">Gives up; what was leased then stays so until the lease ends.</param>
    /// <returns>What was leased.</returns>
    public abstract Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Writes what was done with leased deliveries, their attempts included, and ends their leases.</summary>
    /// <param name="outcomes">What was done, at most once a delivery.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For each outcome, in order, whether the lease still held and it was written.</returns>
    public abstract Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken);

    /// <summary>Writes what was done with leased deliveries through the caller's own transaction: it holds, and the
    /// leases end, when it commits. Until the transaction ends nobody else changes these deliveries.</summary>
    /// <param name="outcomes">What was done, at most once a delivery.</param>
    /// <param name="transaction">An open transaction of the store's own database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For each outcome, in order, whether the lease still held, and it is written if the transaction
    /// commits.</returns>
    /// <exception cref="NotSupportedException">The store can't join transactions.</exception>
    /// <exception cref="ArgumentException">The transaction isn't of the store's kind of database, or has
    /// ended.</exception>
    public virtual Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, DbTransaction transaction, CancellationToken cancellationToken)
        => throw new NotSupportedException($"The {Name} store can't join a transaction: use SQLite or PostgreSQL.");

    /// <summary>Runs work in a transaction of the store's database, on a connection of the store's, and commits. Where
    /// only one can write at a time, work waits for its turn.</summary>
    /// <param name="work">The work, which neither commits nor rolls back. What it throws rolls back, and is
    /// thrown.</param>
    /// <param name="cancellationToken">Gives up; the work is given it too.</param>
    /// <exception cref="NotSupportedException">The store has no transactions.</exception>
    public virtual Task RunInTransactionAsync(
        Func<DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
        => throw new NotSupportedException($"The {Name} store has no transactions: use SQLite or PostgreSQL.");

    /// <summary>Makes leases last for a time from now.</summary>
    /// <param name="leases">The leases.</param>
    /// <param name="duration">How long from now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For each lease, in order, whether it was still held.</returns>
    public abstract Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives deliveries back untouched: anybody may claim them at once. Leases that no longer hold are left
    /// as they are.</summary>
    /// <param name="leases">The leases.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="wake"/> whenever another process may have brought work or changed an endpoint; runs until
    /// cancelled. A store that can't tell does nothing, and the dispatcher looks by itself every few seconds.
    /// </summary>
    /// <param name="wake">To be called from any thread, also when nothing happened; it returns at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task ListenAsync(Action wake, CancellationToken cancellationToken)
        => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    /// <summary>Tells the other nodes that there is work which this one doesn't do itself.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual Task NotifyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stores a new endpoint.</summary>
    /// <param name="endpoint">The endpoint; number, times and revision are the store's to give.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored, or null when its id is taken.</returns>
    public abstract Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an endpoint, unless somebody wrote it since the revision in <paramref name="endpoint"/>. One whose state
    /// becomes <see cref="EndpointState.Deleted"/> has its pending deliveries cancelled, held ones included.
    /// </summary>
    /// <param name="endpoint">The endpoint with the number and revision it was read with. Id and tenant don't
    /// change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The endpoint as stored, or null when somebody else wrote it first.</returns>
    public abstract Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken);

    /// <summary>Reads the endpoints written after a revision.</summary>
    /// <param name="revision">The revision known; 0 to read all that aren't deleted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that an endpoint fails. It counts as failing since the first such note after its last
    /// <see cref="MarkHealthyAsync"/> or, where that was later, its last succeeded delivery.
    /// </summary>
    /// <param name="endpointNumber">The endpoint's number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For how long it has been failing with nothing succeeded, by the store's clock.</returns>
    public abstract Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken);

    /// <summary>Notes that an endpoint no longer fails.</summary>
    /// <param name="endpointNumber">The endpoint's number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken);

    /// <summary>Finds messages, by number.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken);

    /// <summary>Finds deliveries, by number.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken);

    /// <summary>Reads every attempt of a delivery, the first one first.</summary>
    /// <param name="deliveryId">The delivery's number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken);

    /// <summary>Cancels deliveries that are pending, held ones included: their holders' outcomes are refused.</summary>
    /// <param name="deliveryIds">The deliveries' numbers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were pending.</returns>
    public abstract Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken);

    /// <summary>
    /// Makes deliveries due at once, with a new round of the retry policy; attempts count on. One that is held is left
    /// to its holder and doesn't count, nor does one whose endpoint is deleted. One that is pending keeps its place in
    /// its ordering key's order; one that was done has none any more.
    /// </summary>
    /// <param name="deliveryIds">The deliveries' numbers, in whatever state.</param>
    /// <param name="trigger">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many became due.</returns>
    public abstract Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken);

    /// <summary>
    /// Delivers stored messages to an endpoint, whether or not it got them before: a delivery that exists is
    /// redelivered, one that doesn't is created, in no order. An endpoint that is deleted gets none.
    /// </summary>
    /// <param name="messageNumbers">The messages' numbers.</param>
    /// <param name="endpointNumber">The endpoint's number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many deliveries became due.</returns>
    public abstract Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken);

    /// <summary>Deletes one batch of what is older than its time, and idempotency keys whose window is over.</summary>
    /// <param name="limits">What may be forgotten.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken);

    /// <summary>Measures how much work there is, for metrics; cheap whatever the backlog.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken);
}
