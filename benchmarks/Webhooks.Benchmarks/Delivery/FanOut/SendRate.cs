using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>The yardstick of fan-out: what the sender alone reaches with 64 requests at once, as in the benchmark
/// 'send'.</summary>
internal sealed class SendRate : Workload
{
    private static readonly byte[] Payload = Payloads.Random();

    private readonly ServiceProvider _services = Services();

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        var sender = _services.GetRequiredService<IWebhookSender>();
        var endpoint = new WebhookEndpoint(context.Sink.Hook(0), SigningSecret.Generate());
        using var ending = new CancellationTokenSource();
        long sent = 0;
        context.Meter.Start();
        var started = Stopwatch.GetTimestamp();
        var senders = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                await sender.SendAsync(WebhookMessage.Create("invoice.paid", Payload), endpoint);
                Interlocked.Increment(ref sent);
            }
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(context.Seconds), TimeProvider.System);
        var count = Interlocked.Read(ref sent);
        var measured = context.Meter.Stop(count / Stopwatch.GetElapsedTime(started).TotalSeconds, count);
        await ending.CancelAsync();
        await Task.WhenAll(senders);
        return measured;
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddWebhookSender(options => options.Network.AllowPrivateNetworks = true);
        return services.BuildServiceProvider();
    }
}
