using Npgsql;
using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Publishing;

/// <summary>Two transactions of applications are open at once.</summary>
public sealed class OpenTransactionTests : IAsyncLifetime
{
    private const string Waiting =
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'
        """;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private PostgresDatabase _database = null!;
    private PostgreSqlStore _store = null!;
    private EndpointRecord _endpoint = null!;
    private NpgsqlDataSource _application = null!;
    private long _revision;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        _application = NpgsqlDataSource.Create(_database.ConnectionString);
        _store = _database.Open();
        await _store.InitializeAsync(Cancel);
        _endpoint = (await _store.CreateEndpointAsync(Some.Endpoint(), Cancel))!;
        _revision = (await _store.ReadEndpointsAsync(0, Cancel)).Revision;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_one_ordering_key_the_second_waits_for_the_first_and_comes_after_it(bool commits)
    {
        var (first, second) = (Ordered("k"), Ordered("k"));
        await using var one = await BeginAsync();
        await using var other = await BeginAsync();
        await PublishAsync(one, first);
        var publishing = PublishAsync(other, second);
        await UntilSomebodyWaitsAsync();
        Assert.False(publishing.IsCompleted);

        await (commits ? one.CommitAsync(Cancel) : one.RollbackAsync(Cancel));
        await publishing;
        await other.CommitAsync(Cancel);

        Assert.Equal(commits ? [first.Message.Id, second.Message.Id] : [second.Message.Id], await DeliverAllAsync());
    }

    [Fact]
    public async Task Of_one_ordering_key_nothing_is_skipped_that_was_published_meanwhile()
    {
        var expected = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            var (first, second) = (Ordered("k"), Ordered("k"));
            expected.AddRange([first.Message.Id, second.Message.Id]);
            await using var one = await BeginAsync();
            await using var other = await BeginAsync();
            await PublishAsync(one, first);
            var publishing = PublishAsync(other, second);
            await UntilSomebodyWaitsAsync();
            await one.CommitAsync(Cancel);
            await publishing;
            await other.CommitAsync(Cancel);
        }

        Assert.Equal(expected, await DeliverAllAsync());
    }

    [Fact]
    public async Task What_commits_late_is_claimed_though_later_numbers_were_claimed_before()
    {
        var (late, early) = (Ordered("late"), Ordered("early"));
        var unordered = TestMessage();
        await using var one = await BeginAsync();
        await using var other = await BeginAsync();
        await PublishAsync(one, late, unordered);
        await PublishAsync(other, early);
        await other.CommitAsync(Cancel);

        var before = await DeliverAllAsync();
        await one.CommitAsync(Cancel);
        var after = await DeliverAllAsync();

        Assert.Equal([early.Message.Id], before);
        Assert.Equal(new[] { late.Message.Id, unordered.Message.Id }.Order(), after.Order());
    }

    private NewMessage Ordered(string key) => TestMessage(Some.Message() with { OrderingKey = key });

    private NewMessage TestMessage(MessageRecord? message = null)
        => new() { Message = message ?? Some.Message(), Endpoints = [_endpoint.Number] };

    private async Task<NpgsqlTransaction> BeginAsync()
    {
        var connection = await _application.OpenConnectionAsync(Cancel);
        return await connection.BeginTransactionAsync(Cancel);
    }

    private async Task PublishAsync(NpgsqlTransaction transaction, params NewMessage[] messages)
    {
        var outcome = await _store.PublishAsync(new PublishBatch(messages, _revision), transaction, () => { }, Cancel);
        Assert.All(outcome.Messages, stored => Assert.Equal(MessageDuplicate.None, stored.Duplicate));
    }

    private async Task UntilSomebodyWaitsAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (await _database.RunAsync(Waiting) is 0L)
            patience.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Claims and completes until there is nothing, and says in which order it came.</summary>
    private async Task<List<string>> DeliverAllAsync()
    {
        var ids = new List<string>();
        while (true)
        {
            var request = new ClaimRequest
            {
                MaxCount = 100,
                DefaultEndpointLimit = 100,
                LeaseDuration = LeaseTime,
                Lease = Some.Lease(),
            };
            var claim = new Claim(request.Lease, await _store.ClaimAsync(request, Cancel));
            if (claim.Deliveries.Count == 0)
                return ids;

            ids.AddRange(claim.Deliveries.Select(delivery => delivery.Message.Id));
            await _store.CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)], Cancel);
        }
    }
}
