using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

/// <summary>Who asks while the writer is busy shares its next transaction, and nobody suffers from another.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task Callers_who_come_together_share_a_commit()
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        var batches = new List<PublishBatch>();
        for (var i = 0; i < 50; i++)
            batches.Add(await test.BatchAsync(TestStore.Message(endpoint)));
        var before = test.Store.Commits;

        var @lock = test.Lock();
        var published = batches.Select(batch => test.Store.PublishAsync(batch, TestStore.Cancel)).ToArray();
        @lock.Release();
        await Task.WhenAll(published);

        Assert.InRange(test.Store.Commits - before, 1, 2);
        Assert.Equal(50, (await test.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task An_operation_that_fails_harms_no_other_of_its_group()
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        var good = await test.BatchAsync(TestStore.Message(endpoint), TestStore.Message(endpoint));
        var bad = good with { Messages = new BreakingBatch(TestStore.Message(endpoint)) };
        var alsoGood = await test.BatchAsync(TestStore.Message(endpoint));

        var @lock = test.Lock();
        var first = test.Store.MarkHealthyAsync(1, TestStore.Cancel);
        Task<PublishOutcome>[] published =
        [
            test.Store.PublishAsync(good, TestStore.Cancel),
            test.Store.PublishAsync(bad, TestStore.Cancel),
            test.Store.PublishAsync(alsoGood, TestStore.Cancel),
        ];
        @lock.Release();
        await first;

        Assert.Equal(2, (await published[0]).Messages.Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() => published[1]);
        Assert.Single((await published[2]).Messages);
        Assert.Equal(3, (await test.DeliveriesAsync()).Count);
        Assert.Equal(3, (await test.Store.MeasureAsync(TestStore.Cancel)).Pending);
        Assert.Equal(3, (await test.ClaimAsync()).Deliveries.Count);
    }

    [Fact]
    public async Task An_endpoint_written_beside_a_failure_is_known_to_the_next_claim()
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        await test.PublishAsync(TestStore.Message(endpoint));
        var bad = await test.BatchAsync() with { Messages = new BreakingBatch(TestStore.Message(endpoint)) };

        var @lock = test.Lock();
        var first = test.Store.MarkHealthyAsync(1, TestStore.Cancel);
        var updated = test.Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Disabled }, TestStore.Cancel);
        var broken = test.Store.PublishAsync(bad with { EndpointRevision = endpoint.Revision + 1 }, TestStore.Cancel);
        var claimed = test.ClaimAsync();
        @lock.Release();
        await first;

        Assert.NotNull(await updated);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Empty((await claimed).Deliveries);
        Assert.Equal((await updated)!.Revision, await test.RevisionAsync());
    }

    [Fact]
    public async Task Who_gives_up_while_the_database_is_locked_waits_no_longer_and_stores_nothing()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestStore.Cancel);

        var @lock = test.Lock();
        var waiting = test.Store.MarkHealthyAsync(1, TestStore.Cancel);
        var published = test.Store.PublishAsync(batch, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => published);
        @lock.Release();
        await waiting;

        Assert.Empty(await test.DeliveriesAsync());
    }

    [Fact]
    public async Task An_operation_waits_for_a_lock_as_long_as_it_may_and_the_store_goes_on()
    {
        await using var test = TestStore.New(options => options.LockTimeout = TimeSpan.FromSeconds(1));
        var endpoint = await test.EndpointAsync();
        var batch = await test.BatchAsync(TestStore.Message(endpoint));

        var @lock = test.Lock();
        var failure = await Assert.ThrowsAsync<SqliteException>(() => test.Store.PublishAsync(batch, TestStore.Cancel));
        @lock.Release();
        var stored = await test.Store.PublishAsync(batch, TestStore.Cancel);

        Assert.Equal(5, failure.SqliteErrorCode);
        Assert.Contains("SqliteStoreOptions.LockTimeout", failure.Message, StringComparison.Ordinal);
        Assert.Equal(MessageDuplicate.None, Assert.Single(stored.Messages).Duplicate);
    }

    [Fact]
    public async Task Whoever_waits_for_the_writer_within_a_transaction_of_the_stores_is_refused_in_time()
    {
        await using var test = TestStore.New(options => options.LockTimeout = TimeSpan.FromSeconds(1));
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        SqliteException? failure = null;

        await test.Store.RunInTransactionAsync(
            async (_, token) => failure = await Assert.ThrowsAsync<SqliteException>(() => test.Store.PublishAsync(batch, token)),
            TestStore.Cancel);
        var stored = await test.Store.PublishAsync(batch, TestStore.Cancel);

        Assert.Equal(5, failure?.SqliteErrorCode);
        Assert.Equal(MessageDuplicate.None, Assert.Single(stored.Messages).Duplicate);
    }

    [Fact]
    public async Task Queries_do_not_wait_for_who_writes()
    {
        await using var test = TestStore.New();
        await test.PublishAsync(TestStore.Message(await test.EndpointAsync()));

        var @lock = test.Lock();
        var found = await test.DeliveriesAsync();
        @lock.Release();

        Assert.Single(found);
    }

    [Fact]
    public async Task The_writer_never_runs_its_callers_code()
    {
        await using var test = TestStore.New();

        var name = await test.Store.MarkFailingAsync(1, TestStore.Cancel).ContinueWith(
            _ => Thread.CurrentThread.Name, TestStore.Cancel, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        Assert.NotEqual("Webhooks SQLite writer", name);
    }

    [Fact]
    public async Task Disposing_does_what_was_asked_before()
    {
        using var database = new TemporaryDatabase();
        var test = TestStore.On(database);
        var endpoint = await test.EndpointAsync();
        var batch = await test.BatchAsync(TestStore.Message(endpoint));
        var @lock = test.Lock();
        var waiting = test.Store.MarkHealthyAsync(1, TestStore.Cancel);
        var published = test.Store.PublishAsync(batch, TestStore.Cancel);

        var disposed = test.Store.DisposeAsync().AsTask();
        @lock.Release();
        await disposed;

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.Single((await published).Messages);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.Store.PublishAsync(batch, TestStore.Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.DeliveriesAsync());
        Assert.False(File.Exists(database.Path + "-wal"), "The write-ahead log is still there.");
    }

    [Fact]
    public void A_store_that_was_never_used_can_be_disposed_of()
    {
        using var database = new TemporaryDatabase();
        var test = TestStore.On(database);

        test.Store.Dispose();
        test.Store.Dispose();

        Assert.False(File.Exists(database.Path));
    }
}
