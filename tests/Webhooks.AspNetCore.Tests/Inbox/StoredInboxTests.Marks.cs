namespace Webhooks.Tests;

// Marks in a transaction of the handler's own.
public abstract partial class StoredInboxTests
{
    [Fact]
    public async Task A_mark_commits_with_the_handlers_effect_and_the_webhook_is_not_handled_again()
    {
        await HandleAndThrowAsync(async (webhook, _) =>
        {
            await using var connection = await Database.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await InboxDatabase.AffectAndMarkAsync(transaction, webhook);
            await transaction.CommitAsync(Cancel);
        });
    }

    [Fact]
    public async Task A_mark_rolls_back_with_the_handlers_effect_and_the_webhook_is_handled_again()
    {
        await HandleTwiceAsync(async (webhook, _) =>
        {
            await using var connection = await Database.ConnectAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await InboxDatabase.AffectAndMarkAsync(transaction, webhook);
            if (webhook.Attempt == 1)
                throw new InvalidOperationException("Before the commit, which doesn't happen.");
            await transaction.CommitAsync(Cancel);
        });
    }

    [Fact]
    public async Task A_mark_is_refused_when_another_process_has_taken_the_webhook_over()
    {
        var refusal = await RefusalOfMarkAsync(TakeOverAsync);

        await CheckTakenOverAsync(refusal);
    }

    [Fact]
    public async Task A_mark_is_refused_when_the_webhook_was_cancelled()
    {
        var refusal = await RefusalOfMarkAsync(async () =>
        {
            var pending = await Receiver.OnlyAsync(InboxState.Pending);
            Assert.True(await Receiver.Inbox.CancelAsync(pending.InboxId, Cancel));
        });

        Assert.IsType<WebhookConflictException>(refusal);
        await Receiver.StopAsync();
        await Receiver.OnlyAsync(InboxState.Cancelled);
        Assert.Equal(0, await Database.CountAsync("effects"));
    }

    /// <summary>Has a webhook handled by something that commits, after which the handler throws, and checks that what
    /// was committed stands.</summary>
    private async Task HandleAndThrowAsync(Func<WebhookEvent, CancellationToken, Task> commit)
    {
        await StartAsync(async (webhook, token) =>
        {
            await commit(webhook, token);
            throw new InvalidOperationException("After the commit, which stands.");
        });

        await Receiver.SendAsync("{}");

        var webhook = await Receiver.OnlyAsync(InboxState.Handled);
        await Receiver.StopAsync();
        Assert.Equal(1, webhook.Attempts);
        Assert.Equal(1, await Database.CountAsync("effects"));
        Assert.Equal(0, await Database.CountAsync(Database.PendingTable));
    }

    /// <summary>Has a webhook handled by something that rolls back the first time, and checks that nothing of that is
    /// left.</summary>
    private async Task HandleTwiceAsync(Func<WebhookEvent, CancellationToken, Task> handle)
    {
        await StartAsync(handle);

        await Receiver.SendAsync("{}");

        var webhook = await Receiver.OnlyAsync(InboxState.Handled);
        Assert.Equal(2, webhook.Attempts);
        Assert.Equal(1, await Database.CountAsync("effects"));
    }

    /// <summary>What a handler is told that marks its webhook after something has happened to it.</summary>
    private Task<Exception> RefusalOfMarkAsync(Func<Task> happens) => RefusalAsync(async (webhook, _) =>
    {
        await happens();
        await using var connection = await Database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(
            () => InboxDatabase.AffectAndMarkAsync(transaction, webhook));
        await transaction.RollbackAsync(Cancel);
        return refusal;
    });

    /// <summary>What a handler is told, the first time.</summary>
    private async Task<Exception> RefusalAsync(Func<WebhookEvent, CancellationToken, Task<Exception>> handle)
    {
        var refused = new TaskCompletionSource<Exception>();
        await StartAsync(async (webhook, token) => refused.TrySetResult(await handle(webhook, token)));
        await Receiver.SendAsync("{}");
        return await refused.Task.WaitAsync(Cancel);
    }

    /// <summary>What claiming the webhook does, once this process's lease has run out.</summary>
    private Task TakeOverAsync() => Database.ExecuteAsync($"UPDATE {Database.PendingTable} SET lease = lease + 1");

    private async Task CheckTakenOverAsync(Exception refusal)
    {
        Assert.IsType<WebhookConflictException>(refusal);
        await Receiver.StopAsync();
        Assert.Equal(0, await Database.CountAsync("effects"));
        Assert.Equal(1, await Database.CountAsync(Database.PendingTable));
    }
}
