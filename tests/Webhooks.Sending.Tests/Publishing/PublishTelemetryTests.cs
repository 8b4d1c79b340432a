using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Webhooks.Tests.Publishing;

/// <summary>What publishing shows, and that it shows no secret.</summary>
public sealed class PublishTelemetryTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_counted_by_outcome_and_timed()
    {
        using var host = new PublishHost();
        var meters = host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        using var published = new MetricCollector<long>(meters, "Webhooks", "webhooks.messages.published");
        using var durations = new MetricCollector<double>(meters, "Webhooks", "webhooks.publish.duration");
        var message = Some.Message("invoice.paid");
        await host.Publisher.PublishAsync(message, Cancel);
        await host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        await host.Publisher.PublishAsync([message, Some.Message("order.sent")], Cancel);
        await Assert.ThrowsAsync<WebhookConflictException>(
            () => host.Publisher.PublishAsync(message with { Tenant = "other" }, Cancel));

        Assert.Equal(
            [("invoice.paid", "unwanted"), ("invoice.paid", "duplicate"), ("order.sent", "stored"), ("invoice.paid", "failed")],
            published.GetMeasurementSnapshot().Select(
                one => ((string)one.Tags["webhooks.event.type"]!, (string)one.Tags["webhooks.outcome"]!)));
        Assert.Equal(4, durations.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task A_call_is_a_producer_span_in_the_callers_trace()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Webhooks" or "Tests.Publishing",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("Tests.Publishing");
        using var host = new PublishHost();
        var message = Some.Message();
        using var parent = source.StartActivity("caller")!;

        await host.Publisher.PublishAsync(message, Cancel);
        await host.Publisher.PublishAsync([Some.Message(), Some.Message()], Cancel);
        await Assert.ThrowsAsync<WebhookConflictException>(
            () => host.Publisher.PublishAsync(message with { Tenant = "other" }, Cancel));

        Assert.Same(parent, Activity.Current);
        var mine = spans.Where(span => span.TraceId == parent.TraceId).ToArray();
        Assert.Equal(3, mine.Length);
        Assert.All(mine, span => Assert.Equal(("publish webhook", ActivityKind.Producer), (span.DisplayName, span.Kind)));
        Assert.Equal(message.Id.Value, mine[0].GetTagItem("messaging.message.id"));
        Assert.Equal("webhooks", mine[0].GetTagItem("messaging.system"));
        Assert.Equal(0, mine[0].GetTagItem("webhooks.delivery.count"));
        Assert.Equal(2, mine[1].GetTagItem("messaging.batch.message_count"));
        Assert.Equal(ActivityStatusCode.Error, mine[2].Status);
    }

    [Fact]
    public async Task No_secret_is_seen_in_logs_spans_or_texts()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => seen.Add(string.Join(' ', span.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        using var host = new PublishHost(build: builder => builder.ProtectSecrets(System.Text.Encoding.ASCII.GetBytes("marker-key-of-protection-0123456")));
        var endpoint = Marked();

        var created = await host.Endpoints.CreateAsync(endpoint, Cancel);
        await host.Endpoints.UpdateAsync(endpoint, cancellationToken: Cancel);
        var rotated = await host.Endpoints.RotateSecretAsync(
            created.Id, new SecretRotation { NewSecret = SigningSecret.FromText("marker-new") }, Cancel);
        await host.Publisher.PublishAsync(
            Some.Message() with { Headers = new Dictionary<string, string> { ["X-M"] = "marker-message" } }, Cancel);
        await host.Endpoints.SendTestAsync(created.Id, cancellationToken: Cancel);
        await host.Endpoints.DisableAsync(created.Id, "by hand", Cancel);
        await host.Endpoints.DeleteAsync(created.Id, Cancel);
        var error = await Assert.ThrowsAsync<WebhookConflictException>(() => host.Endpoints.CreateAsync(endpoint, Cancel));

        foreach (var log in host.Logs.GetSnapshot())
            seen.Add($"{log.Message} {log.Exception} {string.Join(' ', log.StructuredState!)}");
        foreach (var thing in (object[])
                 [
                     created, rotated, rotated.Endpoint, rotated.Endpoint.Signatures[0], new SecretRotation { NewSecret = The.SigningSecret },
                     error, endpoint.Authorization!.Describe()!.OAuth!, host.Services.GetRequiredService<WebhookSecretProtector>(),
                 ])
        {
            seen.Add(thing.ToString()!);
        }

        Assert.Contains(seen, text => text.Contains(created.Id, StringComparison.Ordinal));
        Assert.All(seen, text => Assert.DoesNotContain("marker", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(seen, text => Assert.DoesNotContain(The.SecretText[6..], text, StringComparison.Ordinal));
    }

    private static WebhookEndpoint Marked() => new(
        new Uri("https://receiver.example.com/marker-path"),
        new EndpointSignature(SignatureSchemes.Stripe, SigningSecret.FromText("marker-signing")))
    {
        Headers = new Dictionary<string, string> { ["X-Token"] = "marker-token" },
        Authorization = WebhookAuthorization.OAuthClientCredentials(
            new(new Uri("https://login.example.com/marker-token-url"), "client", "marker-client-secret")),
    };
}
