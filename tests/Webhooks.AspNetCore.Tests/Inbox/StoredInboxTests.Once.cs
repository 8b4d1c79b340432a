namespace Webhooks.Tests;

// Effects in a transaction of the inbox's.
public abstract partial class StoredInboxTests
{
    [Fact]
    public async Task An_effect_of_once_commits_with_the_mark_and_the_webhook_is_not_handled_again()
        => await HandleAndThrowAsync((webhook, token) => webhook.HandleOnceAsync(InboxDatabase.AffectAsync, token));

    [Fact]
    public async Task An_effect_of_once_that_throws_is_rolled_back_and_the_webhook_is_handled_again()
    {
        await HandleTwiceAsync((webhook, token) => webhook.HandleOnceAsync(
            async (transaction, inner) =>
            {
                await InboxDatabase.AffectAsync(transaction, inner);
                if (webhook.Attempt == 1)
                    throw new InvalidOperationException("Not now.");
            },
            token));
    }

    [Fact]
    public async Task An_effect_of_once_is_rolled_back_when_another_process_has_taken_the_webhook_over()
    {
        var refusal = await RefusalAsync(async (webhook, token) =>
        {
            await TakeOverAsync();
            return await Assert.ThrowsAnyAsync<Exception>(
                () => webhook.HandleOnceAsync(InboxDatabase.AffectAsync, token));
        });

        await CheckTakenOverAsync(refusal);
    }

    [Fact]
    public async Task Effects_of_once_of_many_webhooks_at_once_are_all_there()
    {
        await StartAsync((webhook, token) => webhook.HandleOnceAsync(InboxDatabase.AffectAsync, token));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Receiver.SendAsync($$"""{"number":{{number}}}""")));

        var webhooks = await Receiver.AllAsync(40, InboxState.Handled);
        Assert.All(webhooks, webhook => Assert.Equal(1, webhook.Attempts));
        Assert.Equal(40, await Database.CountAsync("effects"));
    }
}
