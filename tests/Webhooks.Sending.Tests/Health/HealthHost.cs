using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Health;

/// <summary>An application's part that looks after endpoints, on fake time and a store in memory.</summary>
internal sealed class HealthHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;
    private readonly RecordingObserver _observer = new();
    private readonly HashSet<string> _markers = [];

    private HealthHost(Action<WebhookSenderBuilder>? build, IEnumerable<IWebhookEndpointObserver> observers)
    {
        Store = new ScriptedStore(Clock);
        var services = new ServiceCollection();
        services.AddFakeLogging();
        services.AddSingleton<TimeProvider>(Clock);
        foreach (var observer in observers)
            services.AddSingleton(observer);
        services.AddSingleton<IWebhookEndpointObserver>(_observer);
        var builder = services.AddWebhookSender().UseStore(_ => Store);
        build?.Invoke(builder);
        _services = services.BuildServiceProvider();
        _hosted =
        [
            .. _services.GetServices<IHostedService>()
                .Where(hosted => hosted is EndpointNotifier or EndpointHealth),
        ];
        Health = _services.GetRequiredService<EndpointHealth>();
        Notifier = _services.GetRequiredService<EndpointNotifier>();
        Directory = _services.GetRequiredService<EndpointDirectory>();
    }

    public FakeTimeProvider Clock { get; } = new(The.Now);

    public ScriptedStore Store { get; }

    public EndpointHealth Health { get; }

    public EndpointNotifier Notifier { get; }

    public EndpointDirectory Directory { get; }

    public IServiceProvider Services => _services;

    public IWebhookEndpoints Endpoints => _services.GetRequiredService<IWebhookEndpoints>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>What observers were told, but for <see cref="SettleAsync"/>'s own.</summary>
    public IReadOnlyList<EndpointChange> Changes
        => [.. _observer.Changes.Where(change => !_markers.Contains(change.EndpointId))];

    /// <summary>What was logged of health, but for <see cref="SettleAsync"/>'s own.</summary>
    public IEnumerable<FakeLogRecord> Logs => _services.GetFakeLogCollector().GetSnapshot()
        .Where(log => log.Category == "Webhooks.Health")
        .Where(log => !_markers.Contains(log.GetStructuredStateValue("EndpointId") ?? ""));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<HealthHost> StartAsync(Action<WebhookDeliveryOptions> configure)
        => StartAsync(builder => builder.ConfigureDelivery(configure));

    public static Task<HealthHost> StartAsync(params IWebhookEndpointObserver[] observers)
        => StartAsync(_ => { }, observers);

    public static async Task<HealthHost> StartAsync(
        Action<WebhookSenderBuilder> build, params IWebhookEndpointObserver[] observers)
    {
        var host = new HealthHost(build, observers);
        foreach (var hosted in host._hosted)
            await hosted.StartAsync(Cancel);
        return host;
    }

    public async Task<EndpointEntry> EndpointAsync(string tenant = "")
    {
        var created = await Endpoints.CreateAsync(Some.Endpoint() with { Tenant = tenant }, Cancel);
        return Know(created.Endpoint.Id);
    }

    /// <summary>The endpoint as this process knows it now.</summary>
    public EndpointEntry Know(string id)
    {
        Assert.True(Directory.Current.TryFind(id, out var entry));
        return entry;
    }

    public void Report(EndpointEntry endpoint, int status, CircuitChange change = CircuitChange.None)
        => Health.Report(endpoint, Attempts.With(status), change);

    /// <summary>Waits until everything reported so far has been looked after and told.</summary>
    public async Task SettleAsync()
    {
        var marker = await EndpointAsync();
        _markers.Add(marker.Record.Id);
        Report(marker, 500, CircuitChange.Opened);
        await Waiting.UntilAsync(() => Failings(marker) >= 1);
        await Waiting.UntilAsync(() => _observer.Changes.Any(change => change.EndpointId == marker.Record.Id));
        // Or the time that a test lets pass next would be that of an observer that hangs.
        await Waiting.UntilAsync(() => !Notifier.IsTelling(_observer));
        Report(marker, 204);
    }

    public async Task PassAsync(TimeSpan time)
    {
        await SettleAsync();
        Clock.Advance(time);
        await SettleAsync();
    }

    public int Failings(EndpointEntry endpoint) => Store.Count($"MarkFailing {endpoint.Record.Number}");

    public int Healthies(EndpointEntry endpoint) => Store.Count($"MarkHealthy {endpoint.Record.Number}");

    public async Task<EndpointRecord> ReadAsync(EndpointEntry endpoint)
    {
        var all = await Store.ReadEndpointsAsync(0, Cancel);
        return all.Endpoints.Single(record => record.Number == endpoint.Record.Number);
    }

    public async Task StopAsync()
    {
        foreach (var hosted in _hosted.Reverse())
            await hosted.StopAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
