using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Publishing;

/// <summary>Somebody else's transaction holds a key: only who needs it waits.</summary>
public sealed class KeyWaitTests : IDisposable
{
    private const int Told = 383;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly WrappedStore _store = new(new MemoryStore(TimeProvider.System));
    private readonly HashSet<string> _held = ["held"];
    private readonly PublishHost _host;
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KeyWaitTests()
    {
        _host = new PublishHost(_store);
        _store.IsBlocked = batch => batch.Messages.Any(one => IsHeld(one.Message));
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Of_a_batch_with_a_held_key_everything_else_is_written_at_once()
    {
        var first = await BeginHeldWriteAsync();
        var waiting = Publish(Ordered("held"));
        Task<PublishResult>[] others = [Publish(Some.Message()), Publish(Ordered("free")), Publish(Idempotent("free"))];
        _gate.SetResult();

        await Task.WhenAll([first, .. others]);

        Assert.False(waiting.IsCompleted);
        Release();
        await AdvanceUntilAsync(waiting);
        Assert.False((await waiting).IsDuplicate);
    }

    [Fact]
    public async Task Messages_of_a_held_key_are_written_in_their_order_once_it_is_free()
    {
        WebhookMessage[] messages = [.. Enumerable.Range(0, 10).Select(_ => Ordered("held"))];
        var waiting = new List<Task<PublishResult>>();
        foreach (var message in messages)
        {
            waiting.Add(Publish(message));
            await Publish(Some.Message());
        }

        Release();
        await AdvanceUntilAsync(Task.WhenAll(waiting));

        var stored = (await _host.MessagesAsync()).Where(message => message.OrderingKey is not null);
        Assert.Equal(messages.Select(message => message.Id.Value), stored.Select(message => message.Id));
    }

    [Fact]
    public async Task A_list_with_several_keys_keeps_the_order_of_each()
    {
        var one = Publish(Ordered("held"));
        var both = _host.Publisher.PublishAsync([Ordered("held"), Ordered("other")], Cancel);
        await UntilBlockedAsync();
        var other = Publish(Ordered("other"));
        await Publish(Some.Message());
        Assert.False(other.IsCompleted);

        Release();
        await AdvanceUntilAsync(Task.WhenAll(one, both, other));

        var stored = (await _host.MessagesAsync()).Where(message => message.OrderingKey is not null);
        Assert.Equal(["held", "held", "other", "other"], stored.Select(message => message.OrderingKey));
        Assert.Equal((await other).MessageId.Value, stored.Last().Id);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_for_what()
    {
        var waiting = Publish(Ordered("held"));

        await AdvanceUntilAsync(waiting);

        var refusal = await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Contains("ordering key 'held'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("transaction", refusal.Message, StringComparison.Ordinal);
        Assert.True(_host.Clock.GetUtcNow() - The.Now >= KeyWaiter.Patience);
        Assert.Single(_host.Logs.GetSnapshot(), log => log.Id.Id == Told);
        Assert.Empty(await _host.MessagesAsync());
        Release();
        Assert.False((await Publish(Ordered("held"))).IsDuplicate);
    }

    [Fact]
    public async Task A_caller_who_gives_up_waiting_publishes_nothing_and_lets_the_next_go()
    {
        using var impatience = new CancellationTokenSource();
        var given = _host.Publisher.PublishAsync(Ordered("held"), impatience.Token);
        await UntilBlockedAsync();
        var next = Publish(Ordered("held"));
        await Publish(Some.Message());

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Release();
        await AdvanceUntilAsync(next);

        var stored = (await _host.MessagesAsync()).Where(message => message.OrderingKey is not null);
        Assert.Equal((await next).MessageId.Value, Assert.Single(stored).Id);
    }

    [Fact]
    public async Task Of_many_keys_those_that_are_free_do_not_wait_for_the_others()
    {
        var first = await BeginHeldWriteAsync();
        var free = Enumerable.Range(0, 200).Select(number => Publish(Idempotent($"free{number}"))).ToArray();
        var held = Publish(Idempotent("held"));
        var more = Enumerable.Range(200, 200).Select(number => Publish(Idempotent($"free{number}"))).ToArray();
        _gate.SetResult();

        await Task.WhenAll([first, .. free, .. more]);

        Assert.False(held.IsCompleted);
        Assert.InRange(_store.Batches.Count, 3, 30);
        Release();
        await AdvanceUntilAsync(held);
    }

    [Fact]
    public async Task A_store_that_fails_meanwhile_fails_those_who_wait_and_a_logger_that_throws_nobody()
    {
        using var host = new PublishHost(
            _store, build: builder => builder.Services.AddSingleton<ILoggerProvider, BrokenLogger>());
        var waiting = host.Publisher.PublishAsync(Ordered("held"), Cancel);
        await UntilBlockedAsync();
        for (var second = 0; second < 10; second++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        }

        Assert.False(waiting.IsCompleted);
        _store.OnPublish = _ => throw new IOException("down");
        await AdvanceUntilAsync(waiting, host);

        await Assert.ThrowsAsync<IOException>(() => waiting);
        _store.OnPublish = _ => Task.CompletedTask;
        Release();
        await host.Publisher.PublishAsync(Ordered("held"), Cancel);
    }

    private static WebhookMessage Ordered(string key) => Some.Message() with { OrderingKey = key };

    private static WebhookMessage Idempotent(string key) => Some.Message() with { IdempotencyKey = key };

    private Task<PublishResult> Publish(WebhookMessage message) => _host.Publisher.PublishAsync(message, Cancel);

    private bool IsHeld(MessageRecord message)
    {
        lock (_held)
            return _held.Contains(message.OrderingKey ?? "") || _held.Contains(message.IdempotencyKey ?? "");
    }

    private void Release()
    {
        lock (_held)
            _held.Clear();
    }

    // Blocked once by the batch, and once where it waits.
    private Task UntilBlockedAsync() => Waiting.UntilAsync(() => _store.Batches.Count >= 2);

    private async Task<Task<PublishResult>> BeginHeldWriteAsync()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.OnPublish = async _ =>
        {
            entered.TrySetResult();
            _store.OnPublish = _ => Task.CompletedTask;
            await _gate.Task;
        };
        var first = Publish(Some.Message());
        await entered.Task.WaitAsync(The.Patience, TimeProvider.System, Cancel);
        return first;
    }

    private Task AdvanceUntilAsync(Task task) => AdvanceUntilAsync(task, _host);

    // No faster than they try: while a thread has no turn, time that passed would use up their patience.
    private static async Task AdvanceUntilAsync(Task task, PublishHost host)
    {
        var pauses = 0;
        await Waiting.UntilAsync(() =>
        {
            if (host.Clock.Timers is var begun && begun > pauses)
            {
                pauses = begun;
                host.Clock.Advance(KeyWaiter.Pause);
            }

            return task.IsCompleted;
        });
    }
}
