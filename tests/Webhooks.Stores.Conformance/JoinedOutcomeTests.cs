using System.Data.Common;

namespace Webhooks.Stores;

/// <summary>An application completes what it holds in a transaction of its own. For stores that can join
/// them.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class JoinedOutcomeTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan AfterItEnds = LeaseTime * 1.5;

    [Fact]
    public async Task What_was_committed_is_done()
    {
        var claim = await ClaimNewAsync();

        var written = await CompleteAsync(commit: true, claim.Succeed(claim.Only));

        Assert.Equal([true], written);
        var found = await FindAsync(claim.Only);
        Assert.Equal((DeliveryState.Succeeded, 1), (found.State, found.Attempts));
        Assert.Single(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
        Assert.Equal([false], await TryCompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero)));
    }

    [Fact]
    public async Task What_was_rolled_back_is_held_as_before()
    {
        var claim = await ClaimNewAsync();

        var written = await CompleteAsync(commit: false, claim.Succeed(claim.Only));

        Assert.Equal([true], written);
        Assert.Equal(DeliveryState.Pending, (await FindAsync(claim.Only)).State);
        Assert.Empty(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
        Assert.Empty((await ClaimAsync()).Deliveries);
        await CompleteAsync(claim.Fail(claim.Only));
    }

    [Fact]
    public async Task It_is_one_with_the_applications_rows()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync();
        await CreateRowsAsync();
        await using var connection = await Harness.OpenConnectionAsync();

        foreach (var (delivery, commit) in claim.Deliveries.Zip((bool[])[true, false]))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await AddRowAsync(transaction);
            await Store.CompleteAsync([claim.Succeed(delivery)], transaction, Cancel);
            await AddRowAsync(transaction);
            await (commit ? transaction.CommitAsync(Cancel) : transaction.RollbackAsync(Cancel));
        }

        Assert.Equal(2L, await CountRowsAsync());
        Assert.Equal(
            [DeliveryState.Succeeded, DeliveryState.Pending],
            (await DeliveriesAsync()).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task Nothing_is_seen_before_the_commit()
    {
        var claim = await ClaimNewAsync();
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        await Store.CompleteAsync([claim.Succeed(claim.Only)], transaction, Cancel);

        Assert.Equal(DeliveryState.Pending, (await FindAsync(claim.Only)).State);
        await transaction.CommitAsync(Cancel);
        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task An_outcome_under_a_lost_lease_is_refused_and_the_transaction_stays_usable()
    {
        var first = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);
        var second = await ClaimAsync();

        var written = await CompleteAsync(commit: true, first.Succeed(first.Only));

        Assert.Equal([false], written);
        Assert.Equal(DeliveryState.Pending, (await FindAsync(first.Only)).State);
        Assert.Equal([true], await CompleteAsync(commit: true, second.Succeed(second.Only)));
    }

    [Fact]
    public async Task Outcomes_of_one_call_stand_for_themselves()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync();
        var (one, two, three) = (claim.Deliveries[0], claim.Deliveries[1], claim.Deliveries[2]);

        var written = await CompleteAsync(
            commit: true,
            claim.Retry(three, TimeSpan.FromHours(1)), claim.Succeed(two) with { Lease = claim.Lease + 1 },
            claim.Succeed(one));

        Assert.Equal([true, false, true], written);
        Assert.Equal(
            [DeliveryState.Succeeded, DeliveryState.Pending, DeliveryState.Pending],
            (await DeliveriesAsync()).Select(delivery => delivery.State));
        Assert.Equal((1, 0), ((await FindAsync(three)).Attempts, (await FindAsync(two)).Attempts));
    }

    [Fact]
    public async Task What_waited_behind_it_in_its_order_goes_on_after_the_commit()
    {
        var endpoint = await EndpointAsync();
        var (head, next) = (Some.Message() with { OrderingKey = "k" }, Some.Message() with { OrderingKey = "k" });
        await PublishAllAsync([New(head, endpoint), New(next, endpoint)]);
        var claim = await ClaimAsync();
        Assert.Equal(head.Id, claim.Only.Message.Id);

        await CompleteAsync(commit: true, claim.Succeed(claim.Only));

        Assert.Equal(next.Id, (await ClaimAsync()).Only.Message.Id);
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_refused()
    {
        var claim = await ClaimNewAsync();
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await transaction.CommitAsync(Cancel);

        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.CompleteAsync([claim.Succeed(claim.Only)], transaction, Cancel));
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused()
    {
        var claim = await ClaimNewAsync();
        using var transaction = new ForeignTransaction();

        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.CompleteAsync([claim.Succeed(claim.Only)], transaction, Cancel));
    }

    [Fact]
    public async Task Work_in_a_transaction_of_the_stores_is_one_with_what_it_completes()
    {
        var claim = await ClaimNewAsync();
        await CreateRowsAsync();

        await Store.RunInTransactionAsync(
            async (transaction, token) =>
            {
                await AddRowAsync(transaction);
                await Store.CompleteAsync([claim.Succeed(claim.Only)], transaction, token);
            },
            Cancel);

        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(claim.Only)).State);
        Assert.Equal(1L, await CountRowsAsync());
    }

    [Fact]
    public async Task Work_that_throws_leaves_nothing_and_the_next_has_its_turn()
    {
        var claim = await ClaimNewAsync();
        await CreateRowsAsync();

        var thrown = await Assert.ThrowsAsync<FormatException>(() => Store.RunInTransactionAsync(
            async (transaction, token) =>
            {
                await AddRowAsync(transaction);
                await Store.CompleteAsync([claim.Succeed(claim.Only)], transaction, token);
                throw new FormatException("Mine.");
            },
            Cancel));
        await Store.RunInTransactionAsync((transaction, _) => AddRowAsync(transaction), Cancel);

        Assert.Equal("Mine.", thrown.Message);
        Assert.Equal(DeliveryState.Pending, (await FindAsync(claim.Only)).State);
        Assert.Equal(1L, await CountRowsAsync());
    }

    [Fact]
    public async Task Work_of_many_at_once_all_has_its_turn_while_the_store_writes_too()
    {
        var endpoint = await EndpointAsync();
        await CreateRowsAsync();

        var work = Enumerable.Range(0, 40).Select(_ => Store.RunInTransactionAsync(
            async (transaction, _) =>
            {
                await AddRowAsync(transaction);
                await Task.Yield();
                await AddRowAsync(transaction);
            },
            Cancel));
        await Task.WhenAll([.. work, .. Enumerable.Range(0, 40).Select(_ => PublishAllAsync([New(endpoint)]))]);

        Assert.Equal(80L, await CountRowsAsync());
        Assert.Equal(40, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task Work_that_nobody_waits_for_any_more_is_not_begun()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.RunInTransactionAsync(
            (_, _) => throw new FormatException("It was begun."), gone.Token));
    }

    private async Task CreateRowsAsync()
    {
        await using var connection = await Harness.OpenConnectionAsync();
        await ExecuteAsync(connection, null, "CREATE TABLE application_rows (id integer)");
    }

    private static async Task AddRowAsync(DbTransaction transaction)
        => await ExecuteAsync(transaction.Connection!, transaction, "INSERT INTO application_rows VALUES (1)");

    private async Task<long> CountRowsAsync()
    {
        await using var connection = await Harness.OpenConnectionAsync();
        return Convert.ToInt64(
            await ExecuteAsync(connection, null, "SELECT count(*) FROM application_rows"), provider: null);
    }

    private async Task<IReadOnlyList<bool>> CompleteAsync(bool commit, params DeliveryOutcome[] outcomes)
    {
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var written = await Store.CompleteAsync(outcomes, transaction, Cancel);
        await (commit ? transaction.CommitAsync(Cancel) : transaction.RollbackAsync(Cancel));
        return written;
    }

    private static async Task<object?> ExecuteAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancel);
    }
}
