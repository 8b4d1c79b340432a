using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Diagnostics;

/// <summary>What an operator sees of a send that fails once and is then accepted.</summary>
public sealed class DiagnosticsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly ScriptedReceiver _receiver;
    private readonly WebhookMessage _message = Some.Message("invoice.paid");
    private readonly WebhookEndpoint _endpoint =
        Some.Endpoint(new Uri("https://receiver.example.com:8443/in?token=1")) with
        {
            RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 2),
        };

    public DiagnosticsTests()
        => _receiver = new ScriptedReceiver(_clock, ScriptedReceiver.Answer(503), ScriptedReceiver.Answer());

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task Every_attempt_is_counted_and_timed_by_outcome()
    {
        using var host = SenderHost.Over(_receiver, _clock);
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var attempts = new MetricCollector<long>(meters, "Webhooks", "webhooks.send.attempts");
        using var durations = new MetricCollector<double>(meters, "Webhooks", "webhooks.send.attempt.duration");
        using var retries = new MetricCollector<long>(meters, "Webhooks", "webhooks.send.retries");
        using var sizes = new MetricCollector<long>(meters, "Webhooks", "webhooks.send.payload.size");

        await SendAsync(host);

        var counted = attempts.GetMeasurementSnapshot();
        Assert.Equal(["failed", "succeeded"], counted.Select(attempt => attempt.Tags["webhooks.outcome"]));
        Assert.Equal("503", counted[0].Tags["error.type"]);
        Assert.False(counted[1].Tags.ContainsKey("error.type"));
        Assert.All(counted, attempt => Assert.Equal("invoice.paid", attempt.Tags["webhooks.event.type"]));
        Assert.Equal(2, durations.GetMeasurementSnapshot().Count);
        Assert.Equal("s", durations.Instrument!.Unit);
        Assert.Equal(1, Assert.Single(retries.GetMeasurementSnapshot()).Value);
        Assert.All(sizes.GetMeasurementSnapshot(), size => Assert.Equal(_message.Payload.Length, size.Value));
    }

    [Fact]
    public async Task Every_attempt_is_a_client_span_without_the_urls_path_and_query()
    {
        using var host = SenderHost.Over(_receiver, _clock);
        var spans = await RecordAsync(() => SendAsync(host));

        Assert.Equal(2, spans.Count);
        Assert.All(spans, span => Assert.Equal(ActivityKind.Client, span.Kind));
        var (failed, accepted) = (spans[0], spans[1]);
        Assert.Equal("POST", failed.GetTagItem("http.request.method"));
        Assert.Equal("https://receiver.example.com:8443/", failed.GetTagItem("url.full"));
        Assert.Equal("receiver.example.com", failed.GetTagItem("server.address"));
        Assert.Equal(8443, failed.GetTagItem("server.port"));
        Assert.Equal(503, failed.GetTagItem("http.response.status_code"));
        Assert.Equal("503", failed.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal(_message.Id.Value, failed.GetTagItem("messaging.message.id"));
        Assert.Equal("invoice.paid", failed.GetTagItem("webhooks.event.type"));
        Assert.Equal(_endpoint.Id, failed.GetTagItem("webhooks.endpoint.id"));
        Assert.Null(failed.GetTagItem("http.request.resend_count"));
        Assert.Equal(204, accepted.GetTagItem("http.response.status_code"));
        Assert.Equal(1, accepted.GetTagItem("http.request.resend_count"));
        Assert.Null(accepted.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Unset, accepted.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_trace_goes_to_the_receiver_only_when_asked_for(bool propagate)
    {
        using var host = SenderHost.Over(_receiver, _clock, options => options.PropagateTraceContext = propagate);
        var spans = await RecordAsync(() => SendAsync(host));

        var sent = _receiver.Requests.Select(request => request.Headers.GetValueOrDefault("traceparent"));
        Assert.Equal(spans.Select(span => propagate ? span.Id : null), sent);
        Assert.All(_receiver.Requests, request => Assert.DoesNotContain("baggage", request.Headers.Keys));
    }

    [Fact]
    public async Task Every_decision_is_one_log_event()
    {
        using var host = SenderHost.Over(_receiver, _clock);
        using var gone = SenderHost.Over(new ScriptedReceiver(_clock, ScriptedReceiver.Answer(410)), _clock);

        await SendAsync(host);
        await SendAsync(gone);

        Assert.Equal([201, 202, 200], host.Logs.GetSnapshot().Select(log => log.Id.Id));
        Assert.Equal(
            [LogLevel.Warning, LogLevel.Information, LogLevel.Debug],
            host.Logs.GetSnapshot().Select(log => log.Level));
        Assert.Equal([201, 204, 203], gone.Logs.GetSnapshot().Select(log => log.Id.Id));
        Assert.All(
            host.Logs.GetSnapshot(),
            log => Assert.Equal(_message.Id.Value, log.GetStructuredStateValue("MessageId")));
    }

    private Task<WebhookSendResult> SendAsync(SenderHost host)
        => host.Sender.SendAsync(_message, _endpoint, TestContext.Current.CancellationToken);

    // Other tests' sends run beside this one, so only those of this message are kept.
    private async Task<List<Activity>> RecordAsync(Func<Task> act)
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await act();
        lock (spans)
            return [.. spans.Where(span => _message.Id.Value.Equals(span.GetTagItem("messaging.message.id")))];
    }
}
