using System.Text;

namespace Webhooks.Tests;

// Looking into the inbox and repairing it.
public abstract partial class StoredInboxTests
{
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
            Encoding.UTF8.GetString(content.Body.Span)));
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

    private async Task<InboxWebhook> FindUntilAsync(InboxQuery query)
    {
        WebhookPage<InboxWebhook>? page = null;
        await Waiting.UntilAsync(async () => (page = await Receiver.Inbox.FindAsync(query, Cancel)).Items.Count == 1);
        return page!.Items[0];
    }
}
