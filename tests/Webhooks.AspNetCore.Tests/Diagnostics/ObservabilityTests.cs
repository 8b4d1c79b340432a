using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Webhooks;

public class ObservabilityTests
{
    [Fact]
    public async Task Each_verification_is_counted_and_measured_by_source_and_result()
    {
        await using var receiver = await Receiver.StartAsync();
        var meters = receiver.Services.GetRequiredService<IMeterFactory>();
        using var counts = new MetricCollector<long>(meters, "Webhooks", "webhooks.verifications");
        using var durations = new MetricCollector<double>(meters, "Webhooks", "webhooks.verification.duration");
        using var sizes = new MetricCollector<long>(meters, "Webhooks", "webhooks.verification.body.size");

        await receiver.StatusOfAsync(Some.Webhook(Some.Body(123)));
        await receiver.StatusOfAsync(Some.Webhook(secret: SigningSecret.Generate()));
        await receiver.StatusOfAsync(Some.Webhook().Without("webhook-id"));

        var results = new[] { "verified", "signature_mismatch", "missing_header" };
        Assert.Equal(results, counts.GetMeasurementSnapshot().Select(item => item.Tags["webhooks.verification.result"]));
        Assert.Equal(results, durations.GetMeasurementSnapshot().Select(item => item.Tags["webhooks.verification.result"]));
        Assert.All(counts.GetMeasurementSnapshot(), item => Assert.Equal((1L, "billing"), (item.Value, item.Tags["webhooks.source"])));
        Assert.Equal(123, Assert.Single(sizes.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task Each_verification_is_a_span_that_ends_before_the_handler_starts()
    {
        var (spans, around) = (new List<Activity>(), "none");
        await using var receiver = await Receiver.StartAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", context =>
            {
                around = Activity.Current?.OperationName ?? "none";
                return handler.ReadStreamAsync(context);
            }).RequireWebhookVerification("billing");
        });
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == root.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var request = Some.Webhook(Some.Body(123));
        var id = request.Headers.GetValues("webhook-id").Single();
        foreach (var sent in new[] { request, Some.Webhook(secret: SigningSecret.Generate()) })
            await receiver.StatusOfAsync(sent.With("traceparent", root.Id!));

        Assert.All(spans, span => Assert.Equal(
            ("webhooks.verify", "billing", "standard"),
            (span.OperationName, span.GetTagItem("webhooks.source"), span.GetTagItem("webhooks.scheme"))));
        Assert.Equal(
            [("verified", id, 123L, null, ActivityStatusCode.Unset),
             ("signature_mismatch", null, null, "signature_mismatch", ActivityStatusCode.Error)],
            spans.Select(span => (
                span.GetTagItem("webhooks.verification.result"), span.GetTagItem("messaging.message.id"),
                (long?)span.GetTagItem("messaging.message.body.size"), span.GetTagItem("error.type"), span.Status)));
        Assert.NotEqual("webhooks.verify", around);
    }

    [Fact]
    public async Task The_operator_reads_reason_source_and_address_and_nothing_that_the_sender_wrote()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var body = Some.JsonBody();
        var head = Some.Head(body, $"Content-Length: {body.Length}", more: "User-Agent: marker-7f3a")
            .Replace("webhook-id: msg_", "webhook-id: marker-7f3a\u001b[31m", StringComparison.Ordinal);

        await connection.SendAsync(head);
        await connection.SendAsync(body);
        await connection.ReadStatusAsync();

        var ours = receiver.Logs.GetSnapshot().Where(record => record.Category!.StartsWith("Webhooks", StringComparison.Ordinal)).ToList();
        var refused = Assert.Single(ours, record => record.Id.Id == 501);
        Assert.Equal(LogLevel.Warning, refused.Level);
        Assert.Matches("^Refused a webhook for billing from 127.0.0.1 with 401: [a-z_]+$", refused.Message);
        Assert.DoesNotContain(ours, record => record.Message.Contains("marker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_verified_webhook_is_logged_at_debug_level()
    {
        await using var receiver = await Receiver.StartAsync();

        await receiver.StatusOfAsync(Some.Webhook(Some.Body(123)));

        var verified = Assert.Single(receiver.Logs.GetSnapshot(), record => record.Id.Id == 500);
        Assert.Equal((LogLevel.Debug, "Verified a webhook from billing: 123 bytes"), (verified.Level, verified.Message));
    }
}
