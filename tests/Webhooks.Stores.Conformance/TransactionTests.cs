using System.Data.Common;

namespace Webhooks.Stores;

/// <summary>An application publishes in a transaction of its own. For stores that can join them.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class TransactionTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_was_committed_is_there()
    {
        var endpoints = await EndpointsAsync(2);
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var message = Some.Message("acme") with { OrderingKey = "k", IdempotencyKey = "i" };

        var stored = await PublishAsync(transaction, New(message, endpoints));
        await transaction.CommitAsync(Cancel);

        Assert.Equal([new StoredMessage(message.Id, 2, MessageDuplicate.None)], stored);
        var claim = await ClaimAsync();
        Assert.Equal(2, claim.Deliveries.Count);
        Assert.All(claim.Deliveries, delivery => Assert.Equal(message.Id, delivery.Message.Id));
    }

    [Fact]
    public async Task What_was_rolled_back_never_was()
    {
        var endpoint = await EndpointAsync();
        var message = Keyed("k", endpoint);
        await using var connection = await Harness.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await PublishAsync(transaction, message);
            await transaction.RollbackAsync(Cancel);
        }

        Assert.Empty((await ClaimAsync()).Deliveries);
        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
        Assert.Equal(MessageDuplicate.None, (await PublishAsync(message)).Duplicate);
    }

    [Fact]
    public async Task Nothing_is_seen_before_the_commit()
    {
        var endpoint = await EndpointAsync();
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        await PublishAsync(transaction, New(endpoint));

        Assert.Empty(await Store.FindMessagesAsync(new MessageFilter(), Cancel));
        Assert.Empty(await DeliveriesAsync());
        await transaction.CommitAsync(Cancel);
        Assert.Single(await DeliveriesAsync());
    }

    [Fact]
    public async Task Messages_are_one_with_the_applications_rows()
    {
        var endpoint = await EndpointAsync();
        await using var connection = await Harness.OpenConnectionAsync();
        await ExecuteAsync(connection, null, "CREATE TABLE application_rows (id integer)");

        foreach (var commit in (bool[])[true, false])
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await ExecuteAsync(connection, transaction, "INSERT INTO application_rows VALUES (1)");
            await PublishAsync(transaction, New(endpoint), New(endpoint));
            await ExecuteAsync(connection, transaction, "INSERT INTO application_rows VALUES (2)");
            await (commit ? transaction.CommitAsync(Cancel) : transaction.RollbackAsync(Cancel));
        }

        Assert.Equal(2L, Convert.ToInt64(
            await ExecuteAsync(connection, null, "SELECT count(*) FROM application_rows"), provider: null));
        Assert.Equal(2, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task Duplicates_are_found_within_and_without_the_transaction()
    {
        var (before, within) = (Some.Message(), Some.Message());
        var first = await PublishAsync(Keyed("k"));
        await PublishAsync(New(before));
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        await PublishAsync(transaction, New(within), Keyed("l"));
        var stored = await PublishAsync(
            transaction,
            New(before), Keyed("k"), New(within), Keyed("l"), New(within with { Tenant = "acme" }), New());
        await transaction.CommitAsync(Cancel);

        Assert.Equal(
            [
                MessageDuplicate.SameId, MessageDuplicate.SameIdempotencyKey, MessageDuplicate.SameId,
                MessageDuplicate.SameIdempotencyKey, MessageDuplicate.IdTaken, MessageDuplicate.None,
            ],
            stored.Select(one => one.Duplicate));
        Assert.Equal(first.MessageId, stored[1].MessageId);
        Assert.Equal(5, (await Store.FindMessagesAsync(new MessageFilter(), Cancel)).Count);
    }

    [Fact]
    public async Task A_stale_batch_leaves_the_transaction_usable()
    {
        var endpoint = await EndpointAsync();
        var outdated = await RevisionAsync();
        await EndpointAsync();
        var revision = await RevisionAsync();
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        var stale = await Store.PublishAsync(new PublishBatch([New(endpoint)], outdated), transaction, () => { }, Cancel);
        var stored = await Store.PublishAsync(new PublishBatch([New(endpoint)], revision), transaction, () => { }, Cancel);
        await transaction.CommitAsync(Cancel);

        Assert.True(stale.IsStale);
        Assert.False(stored.IsStale);
        Assert.Single(await DeliveriesAsync());
    }

    [Fact]
    public async Task A_commit_wakes_the_dispatcher()
    {
        var endpoint = await EndpointAsync();
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = Store.ListenAsync(() => woken.TrySetResult(), listening.Token);
        await using var connection = await Harness.OpenConnectionAsync();

        // A listener may need a moment before it hears, which nobody can see from outside: so there is more than one.
        for (var attempt = 0; attempt < 60 && !woken.Task.IsCompleted; attempt++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            var batch = new PublishBatch([New(endpoint)], await RevisionAsync());
            await Store.PublishAsync(batch, transaction, () => woken.TrySetResult(), Cancel);
            await transaction.CommitAsync(Cancel);
            await Task.WhenAny(woken.Task, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancel));
        }

        Assert.True(woken.Task.IsCompleted);
        await listening.CancelAsync();
        await ListeningEndsAsync(listener);
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_refused()
    {
        var batch = new PublishBatch([New()], await RevisionAsync());
        await using var connection = await Harness.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await transaction.CommitAsync(Cancel);

        await Assert.ThrowsAsync<ArgumentException>(() => Store.PublishAsync(batch, transaction, () => { }, Cancel));
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused()
    {
        var batch = new PublishBatch([New()], await RevisionAsync());
        using var transaction = new ForeignTransaction();

        await Assert.ThrowsAsync<ArgumentException>(() => Store.PublishAsync(batch, transaction, () => { }, Cancel));
    }

    private async Task<IReadOnlyList<StoredMessage>> PublishAsync(DbTransaction transaction, params NewMessage[] messages)
    {
        var batch = new PublishBatch(messages, await RevisionAsync());
        var outcome = await Store.PublishAsync(batch, transaction, () => { }, Cancel);
        Assert.Equal(messages.Length, outcome.Messages.Count);
        return outcome.Messages;
    }

    private static NewMessage Keyed(string key, params EndpointRecord[] endpoints)
        => New(Some.Message() with { IdempotencyKey = key }, endpoints) with { IdempotencyWindow = Window };

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
