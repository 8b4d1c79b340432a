using Microsoft.Extensions.Logging;

namespace Webhooks;

public class HandlerFailureTests
{
    [Fact]
    public async Task An_exception_of_the_handler_passes_through_untouched()
    {
        var thrown = new InvalidTimeZoneException("mine");
        VerifiedWebhook? kept = null;
        await using var receiver = await Receiver.StartAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", (VerifiedWebhook webhook) =>
            {
                kept = webhook;
                throw thrown;
            }).RequireWebhookVerification("billing");
        });

        var caught = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => receiver.SendAsync(Some.Webhook()));

        Assert.Same(thrown, caught);
        Assert.Throws<ObjectDisposedException>(() => kept!.Body);
    }

    [Fact]
    public async Task After_an_exception_the_connection_and_the_error_page_work_on()
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseExceptionHandler("/error");
            app.UseWebhookVerification();
            app.MapPost("/hook", (VerifiedWebhook webhook) => ThrowOn(webhook)).RequireWebhookVerification("billing");
            app.MapPost("/error", (HttpContext context) => Results.Text(
                context.Features.Get<VerifiedWebhook>() is null ? "closed" : "open", statusCode: 502));
        });
        var body = Some.Body(100_000);
        using var connection = await receiver.ConnectAsync();

        for (var request = 0; request < 3; request++)
        {
            await connection.SendAsync(Some.Head(body, $"Content-Length: {body.Length}"));
            await connection.SendAsync(body);
            var response = await connection.ReadResponseAsync();
            Assert.Equal((502, "closed"), (response.Status, response.Body));
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_while_the_handler_runs_leaves_no_trace()
    {
        var (running, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", async (HttpContext context) =>
            {
                context.RequestAborted.Register(() => goOn.TrySetResult());
                running.SetResult();
                await goOn.Task;
                await handler.ReadStreamAsync(context);
            }).RequireWebhookVerification("billing");
        });
        var body = Some.Body(50_000);
        using var connection = await receiver.ConnectAsync();
        await connection.SendAsync(Some.Head(body, $"Content-Length: {body.Length}"));
        await connection.SendAsync(body);
        await running.Task;

        connection.Reset();
        await goOn.Task;

        await receiver.DisposeAsync();
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    private static void ThrowOn(VerifiedWebhook webhook) => throw new InvalidOperationException($"{webhook.Body.Length}");
}
