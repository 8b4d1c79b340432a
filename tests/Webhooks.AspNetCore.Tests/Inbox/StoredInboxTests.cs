using System.Net;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Tests;

/// <summary>Webhooks over a real server, kept in a real database, and handled afterwards.</summary>
public abstract class StoredInboxTests : IAsyncLifetime
{
    private InboxDatabase? _database;
    private InboxReceiver? _receiver;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InboxDatabase Database => _database!;

    private InboxReceiver Receiver => _receiver!;

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        await _database.CreateEffectsAsync();
    }

    [Fact]
    public async Task A_webhook_is_answered_202_and_handled()
    {
        await StartAsync();

        var status = await Receiver.SendAsync("{\"n\":1}");

        Assert.Equal(HttpStatusCode.Accepted, status);
        var handled = await Receiver.Handled.ReadAsync(Cancel);
        Assert.Equal(("code", "push", "d1", 1), (handled.Source, handled.EventType, handled.Id, handled.Attempt));
    }

    [Fact]
    public async Task A_duplicate_is_answered_202_and_dropped_by_the_store()
    {
        await StartAsync();

        var statuses = new[]
        {
            await Receiver.SendAsync("{\"n\":1}"), await Receiver.SendAsync("{\"n\":1}"),
            await Receiver.SendAsync("{\"n\":2}"),
        };

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Accepted, 3), statuses);
        await Receiver.AllAsync(2, InboxState.Handled);
        Assert.Equal(2, Receiver.Handled.Count);
    }

    [Fact]
    public async Task A_mark_commits_with_the_handlers_effect_and_the_webhook_is_not_handled_again()
    {
        await StartAsync(async (webhook, _) =>
        {
            await using var connection = await Database.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await InboxDatabase.AffectAndMarkAsync(transaction, webhook);
            await transaction.CommitAsync(Cancel);
            throw new InvalidOperationException("After the commit, which stands.");
        });

        await Receiver.SendAsync("{}");

        var webhook = await Receiver.OnlyAsync(InboxState.Handled);
        await Receiver.StopAsync();
        Assert.Equal(1, webhook.Attempts);
        Assert.Equal(1, await Database.CountAsync("effects"));
        Assert.Equal(0, await Database.CountAsync(Database.PendingTable));
    }

    [Fact]
    public async Task A_mark_rolls_back_with_the_handlers_effect_and_the_webhook_is_handled_again()
    {
        await StartAsync(async (webhook, _) =>
        {
            await using var connection = await Database.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await InboxDatabase.AffectAndMarkAsync(transaction, webhook);
            if (webhook.Attempt == 1)
                throw new InvalidOperationException("Before the commit, which doesn't happen.");
            await transaction.CommitAsync(Cancel);
        });

        await Receiver.SendAsync("{}");

        var webhook = await Receiver.OnlyAsync(InboxState.Handled);
        Assert.Equal(2, webhook.Attempts);
        Assert.Equal(1, await Database.CountAsync("effects"));
    }

    [Fact]
    public async Task A_mark_is_refused_when_another_process_has_taken_the_webhook_over()
    {
        var refused = new TaskCompletionSource<Exception>();
        await StartAsync(async (webhook, _) =>
        {
            // What claiming it does, once this process's lease has run out.
            await Database.ExecuteAsync($"UPDATE {Database.PendingTable} SET lease = lease + 1");
            await using var connection = await Database.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            refused.TrySetResult(await Assert.ThrowsAnyAsync<Exception>(
                () => InboxDatabase.AffectAndMarkAsync(transaction, webhook)));
            await transaction.RollbackAsync(Cancel);
        });

        await Receiver.SendAsync("{}");

        Assert.IsType<WebhookConflictException>(await refused.Task.WaitAsync(Cancel));
        await Receiver.StopAsync();
        Assert.Equal(0, await Database.CountAsync("effects"));
        Assert.Equal(1, await Database.CountAsync(Database.PendingTable));
    }

    [Fact]
    public async Task A_mark_is_refused_when_the_webhook_was_cancelled()
    {
        var refused = new TaskCompletionSource<Exception>();
        await StartAsync(async (webhook, _) =>
        {
            var pending = await Receiver.OnlyAsync(InboxState.Pending);
            Assert.True(await Receiver.Inbox.CancelAsync(pending.InboxId, Cancel));
            await using var connection = await Database.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            refused.TrySetResult(await Assert.ThrowsAnyAsync<Exception>(
                () => InboxDatabase.AffectAndMarkAsync(transaction, webhook)));
            await transaction.RollbackAsync(Cancel);
        });

        await Receiver.SendAsync("{}");

        Assert.IsType<WebhookConflictException>(await refused.Task.WaitAsync(Cancel));
        await Receiver.StopAsync();
        await Receiver.OnlyAsync(InboxState.Cancelled);
        Assert.Equal(0, await Database.CountAsync("effects"));
    }

    [Fact]
    public async Task A_webhook_whose_handler_is_stopped_with_the_application_is_handled_after_the_next_start()
    {
        var began = new TaskCompletionSource();
        await StartAsync(
            async (_, cancellationToken) =>
            {
                began.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            },
            services => services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(20)));
        await Receiver.SendAsync("{}");
        await began.Task.WaitAsync(Cancel);

        await Receiver.StopAsync();
        await Receiver.DisposeAsync();
        await StartAsync();

        Assert.Equal(1, (await Receiver.Handled.ReadAsync(Cancel)).Attempt);
    }

    [Fact]
    public async Task Webhooks_are_found_by_source_type_state_and_time_page_by_page()
    {
        await StartAsync((webhook, _) => webhook.EventType == "bad"
            ? Task.FromException(new InvalidOperationException("Never."))
            : Task.CompletedTask);
        await Receiver.SendAsync("1");
        await Receiver.SendAsync("2", type: "ping");
        await Receiver.SendAsync("3", path: "other");
        await Receiver.AllAsync(3, InboxState.Handled);
        await Receiver.SendAsync("4", type: "bad");
        var dead = await FindUntilAsync(new InboxQuery { State = InboxState.DeadLetter });

        var ofCode = await Receiver.Inbox.FindAsync(new InboxQuery { Source = "CODE", PageSize = 2 }, Cancel);
        var next = await Receiver.Inbox.FindAsync(
            new InboxQuery { Source = "CODE", PageSize = 2, Continuation = ofCode.Continuation }, Cancel);
        var ofOther = await Receiver.Inbox.FindAsync(new InboxQuery { Source = "Other shop" }, Cancel);
        var pings = await Receiver.Inbox.FindAsync(new InboxQuery { EventType = "ping" }, Cancel);
        var later = await Receiver.Inbox.FindAsync(new InboxQuery { From = dead.ReceivedAt.AddHours(1) }, Cancel);
        var nobodys = await Receiver.Inbox.FindAsync(new InboxQuery { Source = "nobody" }, Cancel);

        Assert.Equal(["bad", "ping"], ofCode.Items.Select(webhook => webhook.EventType.Value));
        Assert.Equal(["push"], next.Items.Select(webhook => webhook.EventType.Value));
        Assert.Null(next.Continuation);
        Assert.Equal(["Other shop"], ofOther.Items.Select(webhook => webhook.Source));
        Assert.Equal([("code", InboxState.Handled)], pings.Items.Select(webhook => (webhook.Source, webhook.State)));
        Assert.Empty(later.Items);
        Assert.Empty(nobodys.Items);
    }

    [Fact]
    public async Task A_dead_letter_tells_its_attempts_and_content_and_is_handled_when_redelivered()
    {
        var mended = false;
        await StartAsync((_, _) => mended
            ? Task.CompletedTask
            : Task.FromException(new InvalidOperationException("A secret.")));
        await Receiver.SendAsync("{\"n\":7}");
        var dead = await Receiver.OnlyAsync(InboxState.DeadLetter);

        var attempts = await Receiver.Inbox.GetAttemptsAsync(dead.InboxId, Cancel);
        var content = await Receiver.Inbox.GetContentAsync(dead.InboxId, Cancel);
        mended = true;
        var redelivered = await Receiver.Inbox.RedeliverAsync(dead.InboxId, Cancel);

        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Number));
        Assert.All(attempts, attempt => Assert.Equal(
            (WebhookErrorKind.HandlerFailed, "InvalidOperationException; the log has more."),
            (attempt.Error, attempt.ErrorMessage)));
        Assert.Equal(("d1", "push", "{\"n\":7}"), (content!.Id, content.EventType,
            System.Text.Encoding.UTF8.GetString(content.Body.Span)));
        Assert.StartsWith("application/json", content.ContentType, StringComparison.Ordinal);
        Assert.True(redelivered);
        var handled = await Receiver.OnlyAsync(InboxState.Handled);
        Assert.Equal((4, AttemptTrigger.Manual), (handled.Attempts, handled.LastAttempt!.Trigger));
    }

    [Fact]
    public async Task All_dead_letters_of_a_source_are_recovered()
    {
        var mended = false;
        await StartAsync((webhook, _) => mended && webhook.Source == "code"
            ? Task.CompletedTask
            : Task.FromException(new InvalidOperationException()));
        foreach (var number in Enumerable.Range(0, 3))
            await Receiver.SendAsync($"{number}");
        await Receiver.SendAsync("{}", path: "other");
        var dead = await Receiver.AllAsync(4, InboxState.DeadLetter);

        mended = true;
        var tooLate = await Receiver.Inbox.RecoverAsync("code", dead[^1].ReceivedAt.AddHours(1), Cancel);
        var recovered = await Receiver.Inbox.RecoverAsync("Code", dead[0].ReceivedAt, Cancel);
        var nobodys = await Receiver.Inbox.RecoverAsync("nobody", default, Cancel);

        Assert.Equal((0, 3, 0), (tooLate, recovered, nobodys));
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal("code", (await Receiver.Handled.ReadAsync(Cancel)).Source);
        Assert.Equal(InboxState.DeadLetter, (await Receiver.Inbox.GetAsync(dead[3].InboxId, Cancel))!.State);
    }

    [Fact]
    public async Task What_does_not_exist_is_neither_found_nor_changed()
    {
        await StartAsync();
        var nothing = MessageId.Parse("in_nothing");

        Assert.Null(await Receiver.Inbox.GetAsync(nothing, Cancel));
        Assert.Null(await Receiver.Inbox.GetContentAsync(nothing, Cancel));
        Assert.Empty(await Receiver.Inbox.GetAttemptsAsync(nothing, Cancel));
        Assert.False(await Receiver.Inbox.RedeliverAsync(nothing, Cancel));
        Assert.False(await Receiver.Inbox.CancelAsync(nothing, Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null)
            await _receiver.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<InboxDatabase> CreateDatabaseAsync();

    // Three attempts, one right after the other.
    private async Task StartAsync(
        Func<WebhookEvent, CancellationToken, Task>? handler = null, Action<IServiceCollection>? services = null)
        => _receiver = await InboxReceiver.StartAsync(
            inbox =>
            {
                Database.Use(inbox);
                inbox.Configure(options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 3));
            },
            handler,
            services);

    private async Task<InboxWebhook> FindUntilAsync(InboxQuery query)
    {
        while (true)
        {
            if ((await Receiver.Inbox.FindAsync(query, Cancel)).Items is [var only])
                return only;
            await Task.Yield();
        }
    }
}
