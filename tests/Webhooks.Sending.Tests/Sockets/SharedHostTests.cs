using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Tests.Sockets;

/// <summary>Endpoints of many tenants often live on one host: that of an integration service.</summary>
public sealed class SharedHostTests
{
    private const int Hanging = 20;
    private const int Messages = 20;

    [Fact]
    public async Task Endpoints_that_hang_keep_no_other_endpoint_of_their_host_waiting()
    {
        var (hanging, arrived) = (0, new ConcurrentBag<string>());
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/hooks/well"))
            {
                arrived.Add(context.Request.Headers["webhook-id"].ToString());
                return;
            }

            Interlocked.Increment(ref hanging);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var host = Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
        for (var number = 0; number < Hanging; number++)
            await SubscribeAsync(host, $"{receiver.Url}/hangs/{number}");
        await publisher.PublishAsync([.. Enumerable.Range(0, Messages).Select(_ => Some.Message())], Cancellation);
        await Waiting.UntilAsync(() => Volatile.Read(ref hanging) >= 10 * (Hanging / 2));
        await SubscribeAsync(host, $"{receiver.Url}/well");

        await publisher.PublishAsync([.. Enumerable.Range(0, Messages).Select(_ => Some.Message())], Cancellation);

        await Waiting.UntilAsync(() => arrived.Count == Messages);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddWebhookSender(options =>
        {
            options.Network.AllowHttp = true;
            options.Network.AllowPrivateNetworks = true;
            options.AttemptTimeout = TimeSpan.FromMinutes(2);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        return builder.Build();
    }

    private static Task<StoredEndpoint> SubscribeAsync(IHost host, string url) =>
        host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(Some.Endpoint(new Uri(url)), Cancellation);
}
