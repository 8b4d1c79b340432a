using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>The library as an application would set it up, on one of its databases.</summary>
internal sealed class WebhooksHost : IAsyncDisposable
{
    private readonly IHost _host;

    private WebhooksHost(IHost host) => _host = host;

    public IWebhookPublisher Publisher => _host.Services.GetRequiredService<IWebhookPublisher>();

    public IWebhookEndpoints Endpoints => _host.Services.GetRequiredService<IWebhookEndpoints>();

    public IWebhookSender Sender => _host.Services.GetRequiredService<IWebhookSender>();

    public WebhookStore Store => _host.Services.GetRequiredService<WebhookStore>();

    /// <summary>Starts it.</summary>
    /// <param name="database">A connection string of either kind.</param>
    /// <param name="delivers">Whether it delivers, or only publishes.</param>
    public static async Task<WebhooksHost> StartAsync(string database, bool delivers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var webhooks = builder.Services
            .AddWebhookSender(options => options.Network.AllowPrivateNetworks = true)
            .ConfigureDelivery(options => options.Enabled = delivers);
        if (IsPostgres(database))
            webhooks.UsePostgreSql(database);
        else
            webhooks.UseSqlite(database);

        var host = builder.Build();
        await host.StartAsync();
        return new WebhooksHost(host);
    }

    public static bool IsPostgres(string database) => database.StartsWith("Host=", StringComparison.Ordinal);

    /// <summary>Creates endpoints, each for an event type of its own.</summary>
    public async Task CreateEndpointsAsync(SinkClient sink, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Endpoints.CreateAsync(
                new WebhookEndpoint(sink.Hook(i), SigningSecret.Generate()) { EventTypes = [TypeOf(i).Value] });
        }
    }

    public static EventType TypeOf(int endpoint) => $"benchmark.e{endpoint}";

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
