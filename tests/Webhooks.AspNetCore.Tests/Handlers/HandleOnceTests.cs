using Webhooks.Tests;

namespace Webhooks;

/// <summary>Effects that are to be there once, where there is no database for them; <see cref="StoredInboxTests"/> has the
/// others.</summary>
public class HandleOnceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_inbox_the_handler_is_told_to_have_one()
    {
        Exception? told = null;
        await using var receiver = await Receiver.StartAsync(map: (app, _) =>
        {
            app.UseWebhookVerification();
            app.MapWebhook("/hook", "billing").On("*", async (webhook, token) =>
                told = await Assert.ThrowsAnyAsync<Exception>(() => webhook.HandleOnceAsync((_, _) => Task.CompletedTask, token)));
        });

        await receiver.StatusOfAsync(Some.Webhook());

        Assert.Contains("inbox", Assert.IsType<InvalidOperationException>(told).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_memory_there_are_no_transactions()
    {
        var told = new TaskCompletionSource<Exception>();
        await using var receiver = await InboxReceiver.StartAsync(_ => { }, async (webhook, token) => told.TrySetResult(
            await Assert.ThrowsAnyAsync<Exception>(() => webhook.HandleOnceAsync((_, _) => Task.CompletedTask, token))));

        await receiver.SendAsync("{}");

        var refusal = Assert.IsType<NotSupportedException>(await told.Task.WaitAsync(Cancel));
        Assert.Contains("SQLite or PostgreSQL", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_a_test_made_has_no_transaction()
    {
        var webhook = new WebhookEvent<string>("billing", "paid");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => webhook.HandleOnceAsync((_, _) => Task.CompletedTask, Cancel));
    }
}
