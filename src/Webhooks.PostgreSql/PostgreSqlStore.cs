using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Keeps everything in a PostgreSQL database, which any number of processes share. The database's clock decides
/// what is due and which leases hold.</summary>
internal sealed class PostgreSqlStore : WebhookStore, IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource? _owned;
    private readonly PostgreSqlStoreOptions _options;
    private readonly Database _database;
    private readonly string _channel;
    private readonly SchemaInstaller _schema;
    private readonly MessageWriter _messages;
    private readonly Claimer _claimer;
    private readonly OutcomeWriter _outcomes;
    private readonly DeliveryCanceller _canceller;
    private readonly Redelivery _redelivery;
    private readonly EndpointWriter _endpoints;
    private readonly EndpointHealthNotes _health;
    private readonly MessageFinder _messageFinder;
    private readonly DeliveryFinder _deliveryFinder;
    private readonly Purger _purger;
    private readonly BacklogMeter _meter;
    private readonly Listener _listener;

    public PostgreSqlStore(
        NpgsqlDataSource source, bool ownsSource, PostgreSqlStoreOptions options, TimeProvider time, Random random,
        ILogger logger)
    {
        _owned = ownsSource ? source : null;
        _options = options;
        _channel = $"{options.Schema}_wake";
        _database = new Database(source, new SqlText(options.Schema), options.PrepareStatements, time, logger);
        _schema = new SchemaInstaller(_database, options, logger);
        _messages = new MessageWriter(_database, _channel);
        _canceller = new DeliveryCanceller(_database);
        _claimer = new Claimer(_database, _canceller, logger);
        _outcomes = new OutcomeWriter(_database);
        var maintenanceLock = LockKey.Of(options.Schema, "maintenance");
        _redelivery = new Redelivery(_database, _channel, maintenanceLock);
        _endpoints = new EndpointWriter(_database, _canceller, _channel);
        _health = new EndpointHealthNotes(_database);
        _messageFinder = new MessageFinder(_database);
        _deliveryFinder = new DeliveryFinder(_database);
        _purger = new Purger(_database, maintenanceLock);
        _meter = new BacklogMeter(_database);
        _listener = new Listener(source, _channel, time, random, logger);
    }

    public override string Name => "postgresql";

    public override bool IsDurable => true;

    public override int PublishConcurrency => _options.PublishConcurrency;

    public override Task InitializeAsync(CancellationToken cancellationToken) => _schema.InstallAsync(cancellationToken);

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => _messages.PublishAsync(batch, cancellationToken);

    public override Task<PublishOutcome> PublishAsync(
        PublishBatch batch, DbTransaction transaction, Action committed, CancellationToken cancellationToken)
        => _messages.PublishAsync(batch, ApplicationTransaction.Check(transaction), cancellationToken);

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => _claimer.ClaimAsync(request, cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => _outcomes.CompleteAsync(outcomes, cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, DbTransaction transaction, CancellationToken cancellationToken)
        => _outcomes.CompleteAsync(outcomes, ApplicationTransaction.Check(transaction), cancellationToken);

    public override Task RunInTransactionAsync(
        Func<DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _database.RunInTransactionAsync(
            async (transaction, token) =>
            {
                await work(transaction, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => _outcomes.RenewAsync(leases, duration, cancellationToken);

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => _outcomes.ReleaseAsync(leases, cancellationToken);

    public override Task ListenAsync(Action wake, CancellationToken cancellationToken) => _options.Notifications
        ? _listener.ListenAsync(wake, cancellationToken)
        : base.ListenAsync(wake, cancellationToken);

    public override Task NotifyAsync(CancellationToken cancellationToken)
        => _database.QueryAsync(
            _database.Sql.Notify, [Arg.Text(_channel)], static _ => true, cancellationToken);

    public override Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => _endpoints.CreateAsync(endpoint, cancellationToken);

    public override Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => _endpoints.UpdateAsync(endpoint, cancellationToken);

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => _endpoints.ReadAsync(revision, cancellationToken);

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => _health.MarkFailingAsync(endpointNumber, cancellationToken);

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => _health.MarkHealthyAsync(endpointNumber, cancellationToken);

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken)
        => _messageFinder.FindAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => _deliveryFinder.FindAsync(filter, cancellationToken);

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => _deliveryFinder.FindAttemptsAsync(deliveryId, cancellationToken);

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
        => _canceller.CancelAsync(deliveryIds, cancellationToken);

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => _redelivery.RedeliverAsync(deliveryIds, trigger, cancellationToken);

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => _redelivery.ReplayAsync(messageNumbers, endpointNumber, cancellationToken);

    public override Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => _purger.PurgeAsync(limits, cancellationToken);

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => _meter.MeasureAsync(cancellationToken);

    public void Dispose() => _owned?.Dispose();

    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? default;
}
