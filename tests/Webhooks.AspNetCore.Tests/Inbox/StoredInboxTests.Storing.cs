using System.Net;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Tests;

// What is stored, what is dropped, and what outlives the application.
public abstract partial class StoredInboxTests
{
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
    public async Task A_sender_that_takes_200_alone_for_success_is_answered_200()
    {
        await StartAsync(services: services => services.Configure<WebhookSourceOptions>(
            "code", source => source.Provider = WebhookProviders.GitHub with { RequiresOk = true }));

        var first = await Receiver.SendAsync("{}");
        var second = await Receiver.SendAsync("{}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, second));
        await Receiver.OnlyAsync(InboxState.Handled);
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
}
