using System.Diagnostics;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>One message to 1,000 endpoints, from the call that publishes it until the last has it; as requests a
/// second.</summary>
internal sealed class FanOut(bool onPostgres) : Workload
{
    private const int Endpoints = 1000;
    private const int MaxMessages = 200;

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        await using var database = onPostgres
            ? await BenchmarkDatabase.NewPostgresAsync(context.Postgres)
            : BenchmarkDatabase.NewSqlite();
        await using var host = await WebhooksHost.StartAsync(database.ConnectionString, delivers: true);
        for (var i = 0; i < Endpoints; i++)
            await host.Endpoints.CreateAsync(new WebhookEndpoint(context.Sink.Hook(i), SigningSecret.Generate()));

        await context.Sink.ResetAsync();
        var rates = new List<double>();
        context.Meter.Start();
        var ending = Stopwatch.GetTimestamp() + (long)(2 * context.Seconds * Stopwatch.Frequency);
        for (var i = 1; i <= MaxMessages && Stopwatch.GetTimestamp() < ending; i++)
        {
            var last = context.Sink.WaitAsync(i * Endpoints);
            var started = Stopwatch.GetTimestamp();
            await host.Publisher.PublishAsync(WebhookMessage.Create("invoice.paid", Payloads.Random()));
            rates.Add(Endpoints / Figures.Seconds(await last - started));

            // What follows the deliveries isn't to meet the next message.
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        }

        return context.Meter.Stop(Figures.Median(rates), rates.Count * Endpoints);
    }
}
