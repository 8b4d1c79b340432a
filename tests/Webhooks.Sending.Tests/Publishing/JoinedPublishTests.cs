using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Publishing;

/// <summary>Many callers at once share the store's writes, and nothing else.</summary>
public sealed class JoinedPublishTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly WrappedStore _store = new(new MemoryStore(TimeProvider.System));
    private readonly PublishHost _host;
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JoinedPublishTests() => _host = new PublishHost(_store);

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Callers_that_come_while_a_write_is_under_way_share_the_next()
    {
        var first = await BeginHeldWriteAsync(Cancel);
        var others = Publish(100);
        _gate.SetResult();

        await Task.WhenAll([first, .. others]);

        Assert.Equal([1, 100], _store.Batches.Select(batch => batch.Messages.Count));
        Assert.Equal(101, _store.Batches.SelectMany(batch => batch.Messages).DistinctBy(one => one.Message.Id).Count());
    }

    [Fact]
    public async Task A_single_caller_is_written_at_once()
    {
        await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        await _host.Publisher.PublishAsync(Some.Message(), Cancel);

        Assert.Equal([1, 1], _store.Batches.Select(batch => batch.Messages.Count));
    }

    [Fact]
    public async Task Every_message_of_many_callers_is_stored_and_answered_once()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var published = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var message = Some.Message();
                var result = await _host.Publisher.PublishAsync(message, Cancel);
                Assert.Equal(new PublishResult(message.Id, 1, IsDuplicate: false), result);
                published.Add(message.Id.Value);
            }
        }, Cancel)));

        Assert.Equal(1600, published.Distinct().Count());
        Assert.Equal(1600, _store.Batches.Sum(batch => batch.Messages.Count));
    }

    [Fact]
    public async Task There_are_as_many_writes_at_once_as_serve_the_store()
    {
        var (running, most) = (0, 0);
        var store = new WrappedStore(new MemoryStore(TimeProvider.System)) { Writers = 3 };
        using var host = new PublishHost(store);
        var release = new SemaphoreSlim(0);
        store.OnPublish = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await release.WaitAsync(Cancel);
            Interlocked.Decrement(ref running);
        };

        var published = new List<Task>();
        for (var writer = 1; writer <= 3; writer++)
        {
            published.Add(host.Publisher.PublishAsync(Some.Message(), Cancel));
            await Waiting.UntilAsync(() => Volatile.Read(ref running) == writer);
        }

        published.AddRange(Enumerable.Range(0, 10).Select(_ => host.Publisher.PublishAsync(Some.Message(), Cancel)));
        release.Release(100);
        await Task.WhenAll(published);

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Batches_are_bounded_by_requests_rows_and_bytes()
    {
        var first = await BeginHeldWriteAsync(Cancel);
        var many = Publish(2000);
        var large = Enumerable.Range(0, 20).Select(_ => _host.Publisher.PublishAsync(
            WebhookMessage.Create("a", new byte[1024 * 1024]), Cancel)).ToArray();
        _gate.SetResult();

        await Task.WhenAll([first, .. many, .. large]);

        Assert.Equal(2021, _store.Batches.Sum(batch => batch.Messages.Count));
        Assert.All(_store.Batches, batch => Assert.InRange(batch.Messages.Count, 1, 1024));
        Assert.All(_store.Batches, batch => Assert.InRange(batch.Messages.Sum(one => (long)one.Message.Payload.Length), 0, 9 * 1024 * 1024));
    }

    [Fact]
    public async Task A_list_is_never_cut()
    {
        var results = await _host.Publisher.PublishAsync([.. Enumerable.Range(0, 20_000).Select(_ => Some.Message())], Cancel);

        Assert.Equal(20_000, results.Count);
        Assert.Single(_store.Batches);
    }

    [Fact]
    public async Task Of_a_batch_that_fails_only_those_fail_that_cannot_be_written()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var first = await BeginHeldWriteAsync(Cancel);
        var poison = Some.Message("poison");
        var good = Publish(5);
        var bad = _host.Publisher.PublishAsync(poison, Cancel);
        var more = Publish(5);
        FailOn("poison");
        _gate.SetResult();

        await Task.WhenAll([first, .. good, .. more]);

        var error = await Assert.ThrowsAsync<TimeoutException>(() => bad);
        Assert.Equal("poison", error.Message);
        Assert.All([.. good, .. more], task => Assert.False(task.Result.IsDuplicate));
        Assert.Equal(11, (await _host.DeliveriesAsync()).Count);
        Assert.Single(_host.Logs.GetSnapshot(), log => log.Id.Id == 374);
    }

    [Fact]
    public async Task A_batch_that_was_written_although_it_failed_is_nobodys_duplicate()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var first = await BeginHeldWriteAsync(Cancel);
        var tasks = Publish(3);
        var isFirst = true;
        _store.OnPublished = batch =>
        {
            if (batch.Messages.Count == 3 && isFirst)
            {
                isFirst = false;
                throw new TimeoutException("after the commit");
            }

            return Task.CompletedTask;
        };
        _gate.SetResult();

        var results = await Task.WhenAll(tasks);
        await first;

        Assert.All(results, result => Assert.Equal((1, false), (result.DeliveryCount, result.IsDuplicate)));
        Assert.Equal(4, (await _host.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task A_store_that_is_down_fails_everybody_without_being_asked_once_for_each()
    {
        var first = await BeginHeldWriteAsync(Cancel);
        var tasks = Publish(50);
        _store.OnPublish = _ => throw new TimeoutException("down");
        _gate.SetResult();
        await first;

        foreach (var task in tasks)
            await Assert.ThrowsAsync<TimeoutException>(() => task);

        Assert.InRange(_store.Batches.Count, 2, 6);
        _store.OnPublish = _ => Task.CompletedTask;
        await _host.Publisher.PublishAsync(Some.Message(), Cancel);
    }

    [Fact]
    public async Task Endpoints_that_change_meanwhile_are_read_and_matched_again()
    {
        using var other = new PublishHost(_store);
        await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        await other.Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        var result = await _host.Publisher.PublishAsync(Some.Message(), Cancel);

        Assert.Equal(1, result.DeliveryCount);
        Assert.Equal(3, _store.Batches.Count);
    }

    [Fact]
    public async Task Endpoints_that_keep_changing_delay_a_message_but_never_lose_it()
    {
        using var other = new PublishHost(_store);
        var endpoint = await other.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var changes = 0;
        _store.OnPublish = async _ =>
        {
            if (changes++ < 12)
                await other.Endpoints.UpdateAsync(endpoint.Endpoint with { Description = $"{changes}" }, cancellationToken: Cancel);
        };

        var publishing = _host.Publisher.PublishAsync(Some.Message(), Cancel);
        await AdvanceUntilAsync(publishing);

        Assert.Equal(1, (await publishing).DeliveryCount);
        Assert.Single(await _host.DeliveriesAsync());
        Assert.Contains(_host.Logs.GetSnapshot(), log => log.Id.Id == 375);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_waiting_publishes_nothing_and_stops_nobody_else()
    {
        using var impatience = new CancellationTokenSource();
        var first = await BeginHeldWriteAsync(Cancel);
        var given = _host.Publisher.PublishAsync(Some.Message("given.up"), impatience.Token);
        var other = _host.Publisher.PublishAsync(Some.Message("other"), Cancel);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _gate.SetResult();
        await Task.WhenAll(first, other);
        Assert.DoesNotContain(await _host.MessagesAsync(), message => message.EventType == "given.up");
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_being_written_is_let_go_and_the_write_goes_on()
    {
        using var impatience = new CancellationTokenSource();
        var given = await BeginHeldWriteAsync(impatience.Token);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _gate.SetResult();
        await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        Assert.Equal(2, (await _host.MessagesAsync()).Count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Publisher.PublishAsync(Some.Message(), impatience.Token));
    }

    [Fact]
    public async Task The_write_is_not_made_in_the_flow_of_any_caller()
    {
        var ambient = new AsyncLocal<string?> { Value = "a caller's transaction" };
        var seen = new ConcurrentBag<string?>();
        _store.OnPublish = _ =>
        {
            seen.Add(ambient.Value);
            return Task.CompletedTask;
        };

        await _host.Publisher.PublishAsync(Some.Message(), Cancel);

        Assert.Equal([null], seen);
    }

    [Fact]
    public async Task A_logger_that_throws_neither_loses_a_result_nor_stops_the_writer()
    {
        var store = new WrappedStore(new MemoryStore(TimeProvider.System));
        using var host = new PublishHost(store, build: builder => builder.Services.AddSingleton<ILoggerProvider, BrokenLogger>());

        var stored = await host.Publisher.PublishAsync(Some.Message(), Cancel);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.OnPublish = batch => batch.Messages.Count == 1 ? release.Task : throw new TimeoutException("down");
        var held = host.Publisher.PublishAsync(Some.Message(), Cancel);
        await Waiting.UntilAsync(() => store.Batches.Count == 2);
        Task<PublishResult>[] joined = [.. Enumerable.Range(0, 3).Select(_ => host.Publisher.PublishAsync(Some.Message(), Cancel))];
        release.SetResult();

        await held;
        foreach (var task in joined)
            await Assert.ThrowsAnyAsync<Exception>(() => task);
        store.OnPublish = _ => Task.CompletedTask;
        Assert.Equal(stored.DeliveryCount, (await host.Publisher.PublishAsync(Some.Message(), Cancel)).DeliveryCount);
    }

    private Task<PublishResult>[] Publish(int count)
        => [.. Enumerable.Range(0, count).Select(_ => _host.Publisher.PublishAsync(Some.Message(), Cancel))];

    private void FailOn(string eventType) => _store.OnPublish = batch => batch.Messages.Any(one => one.Message.EventType == eventType)
        ? throw new TimeoutException(eventType)
        : Task.CompletedTask;

    // The first write waits at the gate, so that what comes next gathers behind it.
    private async Task<Task<PublishResult>> BeginHeldWriteAsync(CancellationToken cancellationToken)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.OnPublish = async _ =>
        {
            entered.TrySetResult();
            _store.OnPublish = _ => Task.CompletedTask;
            await _gate.Task;
        };
        var first = _host.Publisher.PublishAsync(Some.Message(), cancellationToken);
        await entered.Task.WaitAsync(The.Patience, TimeProvider.System, Cancel);
        return first;
    }

    private async Task AdvanceUntilAsync(Task task) => await Waiting.UntilAsync(() =>
    {
        _host.Clock.Advance(TimeSpan.FromMilliseconds(5));
        return task.IsCompleted;
    });
}
