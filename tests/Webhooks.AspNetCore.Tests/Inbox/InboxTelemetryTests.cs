using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Webhooks.Tests;

/// <summary>What operators see of an inbox, also where the application sends webhooks too.</summary>
public sealed class InboxTelemetryTests
{
    [Fact]
    public async Task The_inbox_counts_under_names_of_its_own_beside_a_sender()
    {
        var names = new List<string>();
        using var listener = new MeterListener();
        await using var receiver = await InboxReceiver.StartAsync(
            services: static services => services.AddWebhookSender());
        var meters = receiver.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "Webhooks" && instrument.Meter.Scope == meters)
                names.Add(instrument.Name);
        };
        listener.Start();
        using var sent = new MetricCollector<long>(meters, "Webhooks", "webhooks.deliveries");
        using var handled = new MetricCollector<long>(meters, "Webhooks", "webhooks.inbox.deliveries");
        using var stored = new MetricCollector<long>(meters, "Webhooks", "webhooks.inbox.messages.published");

        await receiver.SendAsync("{}");
        await handled.WaitForMeasurementsAsync(1, TestContext.Current.CancellationToken);

        Assert.Empty(sent.GetMeasurementSnapshot());
        Assert.Single(handled.GetMeasurementSnapshot());
        Assert.Single(stored.GetMeasurementSnapshot());
        Assert.Contains("webhooks.deliveries.pending", names);
        Assert.Contains("webhooks.inbox.deliveries.pending", names);
        Assert.Distinct(names);
    }

    [Fact]
    public async Task The_inbox_logs_under_its_own_categories_and_speaks_of_sources()
    {
        await using var receiver = await InboxReceiver.StartAsync(
            static inbox => inbox.Configure(static options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 2)),
            static (_, _) => Task.FromException(new InvalidOperationException()));

        await receiver.SendAsync("{}");
        await receiver.OnlyAsync(InboxState.DeadLetter);

        var logs = receiver.Logs.GetSnapshot()
            .Where(log => log.Category!.StartsWith("Webhooks", StringComparison.Ordinal)).ToList();
        var givenUp = Assert.Single(logs, log => log.Id.Id == 302);
        Assert.Equal("Webhooks.Inbox.Delivery", givenUp.Category);
        Assert.Contains(" to src_code was given up", givenUp.Message, StringComparison.Ordinal);
        Assert.All(
            logs.Where(log => log.Id.Id is 563 or 560), log => Assert.Equal("Webhooks.Inbox", log.Category));
        Assert.DoesNotContain(logs, log => log.Message.Contains("ndpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handling_is_a_consumers_span_linked_to_the_request_that_was_stored()
    {
        var spans = new ConcurrentQueue<Activity>();
        await using var receiver = await InboxReceiver.StartAsync();
        using var root = new Activity("test").Start();
        var ended = new TaskCompletionSource();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => IsOurs(options)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                spans.Enqueue(span);
                if (span.OperationName == "webhooks.handle")
                    ended.TrySetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);
        root.ActivityTraceFlags |= ActivityTraceFlags.Recorded;

        await receiver.SendAsync("{}");
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stored = Assert.Single(spans, span => span.OperationName == "webhooks.store");
        Assert.Equal((ActivityKind.Internal, "store"), (stored.Kind, stored.GetTagItem("messaging.operation.name")));
        var handled = Assert.Single(spans, span => span.OperationName == "webhooks.handle");
        Assert.Equal(
            (ActivityKind.Consumer, "process", "code"),
            (handled.Kind, handled.GetTagItem("messaging.operation.type"), handled.GetTagItem("webhooks.source")));
        Assert.Equal(root.TraceId, Assert.Single(handled.Links).Context.TraceId);

        bool IsOurs(in ActivityCreationOptions<ActivityContext> options)
            => options.TraceId == root.TraceId || options.Links?.Any(link => link.Context.TraceId == root.TraceId) == true;
    }
}
