using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Webhooks;

/// <summary>What the application's protection against duplicates asks of a store that others share.</summary>
public class SharedStoreTests
{
    private readonly Copies _copies = Copies.New();
    private WatchedDuplicates? _store;

    private WatchedDuplicates Store => _store ?? throw new InvalidOperationException("Nothing was sent yet.");

    [Fact]
    public async Task A_webhook_is_claimed_and_completed()
    {
        await using var receiver = await StartAsync();

        await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(["claim", "complete"], Store.Calls);
    }

    [Fact]
    public async Task A_handshake_is_not_claimed()
    {
        await using var receiver = await StartAsync(source: options => options.Handshake = new AnsweringHandshake());

        var status = await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Empty(Store.Calls);
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task A_webhook_that_is_refused_is_not_claimed()
    {
        await using var receiver = await StartAsync();

        var status = await receiver.StatusOfAsync(
            _copies.Next().Without("webhook-signature").With("webhook-signature", "v1,AAAA"));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(Store.Calls);
    }

    [Fact]
    public async Task A_store_that_fails_turns_webhooks_away_unhandled()
    {
        await using var receiver = await StartAsync();
        Store.Failing.Add("claim");

        using var response = await receiver.SendAsync(_copies.Next());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Empty(receiver.Handled);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 572);
    }

    [Fact]
    public async Task A_store_that_hangs_turns_webhooks_away_after_its_time()
    {
        await using var receiver = await StartAsync();
        Store.Hangs = true;

        var sending = receiver.SendAsync(_copies.Next());
        await Waiting.UntilAsync(() => Store.Calls.Contains("claim"));
        receiver.Time.Advance(TimeSpan.FromSeconds(10));
        using var response = await sending;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task What_cant_be_completed_is_still_answered_with_success()
    {
        await using var receiver = await StartAsync();
        Store.Failing.Add("complete");

        var first = await receiver.StatusOfAsync(_copies.Next());
        var second = await receiver.StatusOfAsync(_copies.Next());

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.ServiceUnavailable), (first, second));
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 575);
    }

    [Fact]
    public async Task A_claim_is_renewed_while_the_handler_runs_even_if_a_renewal_fails()
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await StartAsync(() =>
        {
            begun.TrySetResult();
            return end.Task;
        });
        Store.Failing.Add("renew");

        var sending = receiver.SendAsync(_copies.Next());
        await begun.Task;
        for (var renewal = 0; renewal < 6; renewal++)
        {
            receiver.Time.Advance(TimeSpan.FromSeconds(10));
            await Store.Renewed.WaitAsync(TestContext.Current.CancellationToken);
            await receiver.WaitForLogAsync(576);
            Store.Failing.Clear();
        }

        var during = await receiver.StatusOfAsync(_copies.Next());
        end.SetResult();
        using var response = await sending;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, during);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Id.Id == 574);
    }

    [Fact]
    public async Task A_handler_whose_claim_was_lost_is_told_of()
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await StartAsync(() =>
        {
            var isFirst = begun.TrySetResult();
            return isFirst ? end.Task : Task.CompletedTask;
        });

        var sending = receiver.SendAsync(_copies.Next());
        await begun.Task;
        Store.Failing.Add("renew");
        receiver.Time.Advance(TimeSpan.FromSeconds(31));
        var second = await receiver.StatusOfAsync(_copies.Next());
        end.SetResult();
        using var first = await sending;

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (second, first.StatusCode));
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 574);
    }

    [Fact]
    public async Task What_it_decides_is_counted_and_traced()
    {
        var tags = new ConcurrentQueue<object?>();
        using var root = new Activity("test").Start();
        await using var receiver = await StartAsync();
        var meters = receiver.Services.GetRequiredService<IMeterFactory>();
        using var claims = new MetricCollector<long>(meters, "Webhooks", "webhooks.duplicates.claims");
        using var endings = new MetricCollector<long>(meters, "Webhooks", "webhooks.duplicates.endings");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == root.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity => tags.Enqueue(activity.GetTagItem("webhooks.duplicates.result")),
        };
        ActivitySource.AddActivityListener(listener);

        await receiver.StatusOfAsync(_copies.Next().With("traceparent", root.Id!));
        await receiver.StatusOfAsync(_copies.Next().With("traceparent", root.Id!));

        Assert.Equal(["new", "handled"], ResultsOf(claims));
        Assert.Equal(["completed"], ResultsOf(endings));
        // A request's span ends only after its answer.
        await Waiting.UntilAsync(() => tags.Count == 2);
        Assert.Equal(["handled", "new"], tags.Order());
    }

    private static IEnumerable<object?> ResultsOf(MetricCollector<long> collector) => collector
        .GetMeasurementSnapshot().Select(measurement => measurement.Tags["webhooks.duplicates.result"]);

    private async Task<Receiver> StartAsync(
        Func<Task>? handle = null, Action<WebhookSourceOptions>? source = null)
    {
        var receiver = await Receiver.StartAsync(
            source,
            (app, handler) =>
            {
                app.UseWebhookVerification();
                app.MapPost("/hook", async context =>
                {
                    await (handle?.Invoke() ?? Task.CompletedTask);
                    await handler.ReadStreamAsync(context);
                }).RequireWebhookVerification("billing");
            },
            sources: verification => verification
                .AddSource("billing", SignatureSchemes.StandardWebhooks, The.SecretText)
                .DropDuplicates(Watch));
        _store = (WatchedDuplicates)receiver.Services.GetRequiredService<WebhookDuplicateStore>();
        return receiver;
    }

    private static void Watch(WebhookDuplicatesBuilder once)
    {
        var usual = once.Services.Last(service => service.ServiceType == typeof(WebhookDuplicateStore));
        once.UseStore(provider => new WatchedDuplicates((WebhookDuplicateStore)usual.ImplementationFactory!(provider)));
    }

    private sealed class AnsweringHandshake : WebhookHandshake
    {
        public override ValueTask<bool> TryAnswerVerifiedAsync(
            WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
        {
            context.HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
            return new(true);
        }
    }
}
