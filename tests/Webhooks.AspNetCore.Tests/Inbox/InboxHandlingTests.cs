using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Webhooks.Tests;

/// <summary>What becomes of webhooks whose handlers fail, and of requests whose webhooks can't be stored.</summary>
public sealed class InboxHandlingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_handler_fails_at_is_tried_again()
    {
        await using var receiver = await InboxReceiver.StartAsync(
            Retrying(3), (webhook, _) => webhook.Attempt == 1 ? Fail() : Task.CompletedTask);

        await receiver.SendAsync("{}");

        Assert.Equal(2, (await receiver.Handled.ReadAsync(Cancel)).Attempt);
    }

    [Fact]
    public async Task What_a_handler_fails_at_every_time_becomes_a_dead_letter()
    {
        await using var receiver = await InboxReceiver.StartAsync(Retrying(3), (_, _) => Fail());

        await receiver.SendAsync("{}");

        Assert.Equal(3, (await receiver.OnlyAsync(InboxState.DeadLetter)).Attempts);
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_cancelled_and_has_failed()
    {
        await using var receiver = await InboxReceiver.StartAsync(
            inbox => inbox.Configure(options =>
            {
                options.HandlerTimeout = TimeSpan.FromMilliseconds(20);
                options.RetryPolicy = RetryPolicy.None;
            }),
            (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));

        await receiver.SendAsync("{}");

        var dead = await receiver.OnlyAsync(InboxState.DeadLetter);
        Assert.Equal(WebhookErrorKind.HandlerFailed, dead.LastAttempt!.Error);
    }

    [Fact]
    public async Task Webhooks_of_one_key_are_handled_in_their_order_even_when_the_first_one_fails()
    {
        var seen = new ConcurrentQueue<string>();
        await using var receiver = await InboxReceiver.StartAsync(
            inbox =>
            {
                Retrying(3)(inbox);
                inbox.Configure(options => options.OrderingKey = webhook => webhook.Source);
            },
            async (webhook, _) =>
            {
                var body = Encoding.UTF8.GetString(webhook.Body);
                await Task.Yield();
                seen.Enqueue($"{body}/{webhook.Attempt}");
                if (body == "1" && webhook.Attempt == 1)
                    await Fail();
            });

        foreach (var body in new[] { "1", "2", "3" })
            await receiver.SendAsync(body);

        await receiver.AllAsync(3, InboxState.Handled);
        Assert.Equal(["1/1", "1/2", "2/1", "3/1"], seen);
    }

    [Fact]
    public async Task A_webhook_without_a_handler_is_a_dead_letter_at_once_where_such_are_rejected()
    {
        await using var receiver = await InboxReceiver.StartAsync(Retrying(3));

        await receiver.SendAsync("{}", path: "picky");

        var dead = await receiver.OnlyAsync(InboxState.DeadLetter);
        Assert.Equal((1, WebhookErrorKind.NotHandled), (dead.Attempts, dead.LastAttempt!.Error));
    }

    [Fact]
    public async Task A_webhook_is_answered_503_while_the_store_is_down_and_202_afterwards()
    {
        await using var database = new SqliteInboxDatabase();
        var isDown = true;
        await using var receiver = await InboxReceiver.StartAsync(WithStore(database, _ => isDown
            ? Task.FromException(new IOException("The disk is full."))
            : Task.CompletedTask));

        using var refused = await receiver.PostAsync("{}");
        isDown = false;
        var status = await receiver.SendAsync("{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);
        Assert.DoesNotContain("disk", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, status);
        await receiver.OnlyAsync(InboxState.Handled);
    }

    [Fact]
    public async Task A_webhook_is_answered_503_when_the_store_takes_too_long()
    {
        await using var database = new SqliteInboxDatabase();
        var gate = new TaskCompletionSource();
        await using var receiver = await InboxReceiver.StartAsync(inbox =>
        {
            WithStore(database, _ => gate.Task)(inbox);
            inbox.Configure(options => options.StoreTimeout = TimeSpan.FromMilliseconds(20));
        });

        var status = await receiver.SendAsync("{}");
        gate.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
    }

    [Fact]
    public async Task A_webhook_whose_ordering_key_throws_is_answered_503_and_not_stored()
    {
        await using var receiver = await InboxReceiver.StartAsync(
            inbox => inbox.Configure(options => options.OrderingKey = _ => throw new TimeoutException()));

        var status = await receiver.SendAsync("{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Empty((await receiver.Inbox.FindAsync(new InboxQuery(), Cancel)).Items);
    }

    private static Task Fail() => Task.FromException(new InvalidOperationException("Not now."));

    private static Action<WebhookInboxBuilder> Retrying(int attempts) => inbox => inbox.Configure(
        options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, attempts));

    private static Action<WebhookInboxBuilder> WithStore(
        SqliteInboxDatabase database, Func<PublishBatch, Task> onPublish) => inbox =>
    {
        database.Use(inbox);
        var real = inbox.Services.Last(service => service.ServiceType == typeof(WebhookStore));
        inbox.UseStore(provider => new WrappedStore((WebhookStore)real.ImplementationFactory!(provider))
        {
            OnPublish = onPublish,
        });
    };
}
