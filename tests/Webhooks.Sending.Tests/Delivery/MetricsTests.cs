using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Webhooks.Tests.Delivery;

public sealed class MetricsTests
{
    [Fact]
    public async Task Deliveries_are_counted_by_how_they_ended()
    {
        await using var host = new DeliveryHost(sending: options => options.RetryPolicy = RetryPolicy.None);
        using var deliveries = Collect<long>(host, "webhooks.deliveries");
        await host.EndpointAsync("good");
        await host.EndpointAsync("bad");
        host.Receivers.Answer = (receiver, _, _) => Task.FromResult(Some.Response(receiver == "bad" ? 500 : 204));
        await host.PublishAsync();

        await host.StartAsync();
        await Waiting.UntilAsync(() => deliveries.GetMeasurementSnapshot().Count == 2);

        var outcomes = deliveries.GetMeasurementSnapshot().Select(measurement => measurement.Tags);
        Assert.Equal(
            [("failed", "RetriesExhausted"), ("succeeded", null)],
            outcomes.Select(tags => ((string)tags["webhooks.outcome"]!, tags.GetValueOrDefault("error.type") as string)).Order());
    }

    [Fact]
    public async Task The_time_until_the_first_attempt_is_measured_once()
    {
        await using var host = new DeliveryHost(
            sending: options => options.RetryPolicy = RetryPolicy.Fixed(TimeSpan.FromSeconds(1), 3));
        using var latency = Collect<double>(host, "webhooks.delivery.latency");
        await host.EndpointAsync("one");
        host.Receivers.Answer = (_, number, _) => Task.FromResult(Some.Response(number == 1 ? 500 : 204));
        await host.PublishAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(7));

        await host.StartAsync();
        await host.UntilTriedAsync(1);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.UntilAsync(DeliveryState.Succeeded);

        Assert.Equal(7, Assert.Single(latency.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task What_is_held_is_a_gauge()
    {
        await using var host = await DeliveryHost.StartAsync();
        using var leased = Collect<int>(host, "webhooks.dispatcher.leased");
        using var inFlight = Collect<int>(host, "webhooks.dispatcher.in_flight");
        await host.EndpointAsync("one", endpoint => endpoint with { MaxConcurrency = 2 });
        host.Receivers.Answer = (_, _, cancellationToken) => Receivers.HangAsync(cancellationToken);
        await host.PublishAsync(3);
        await host.UntilArrivedAsync(2);
        await host.SettleAsync();

        leased.RecordObservableInstruments();
        inFlight.RecordObservableInstruments();

        Assert.Equal(3, leased.LastMeasurement!.Value);
        Assert.Equal(2, inFlight.LastMeasurement!.Value);
    }

    [Fact]
    public async Task Errors_of_the_store_are_counted_by_what_was_asked()
    {
        await using var host = new DeliveryHost();
        using var errors = Collect<long>(host, "webhooks.dispatcher.store.errors");
        host.Store.Before = (method, number) => method == nameof(WebhookStore.ClaimAsync) && number == 1
            ? throw new IOException("Down.")
            : Task.CompletedTask;

        await host.StartAsync();
        await Waiting.UntilAsync(() => errors.GetMeasurementSnapshot().Count > 0);

        Assert.Equal("claim", Assert.Single(errors.GetMeasurementSnapshot()).Tags["webhooks.store.operation"]);
    }

    private static MetricCollector<T> Collect<T>(DeliveryHost host, string name)
        where T : struct
        => new(host.Services.GetRequiredService<IMeterFactory>(), AttemptMetrics.MeterName, name);
}
