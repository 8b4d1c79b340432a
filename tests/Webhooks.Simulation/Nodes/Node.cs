using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Simulation;

/// <summary>One life of one process: the real library on simulated time, with a network and a store that fail.</summary>
internal sealed class Node
{
    private readonly World _world;
    private readonly ServiceProvider _services;
    private readonly NodeTime _time;
    private readonly int _number;

    public Node(World world, int number)
    {
        _world = world;
        _number = number;
        _time = new NodeTime(world.Time, Life);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton(new Random(world.Random.Next()));
        services.AddWebhookSender(world.Scenario.Configure)
            .ConfigureDelivery(world.Scenario.Configure)
            .UseStore(_ => new NodeStore(this, world))
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => new NodeNetwork(this, world));
        _services = services.BuildServiceProvider();
    }

    public ProcessLife Life { get; } = new();

    public IWebhookPublisher Publisher => _services.GetRequiredService<IWebhookPublisher>();

    public IWebhookEndpoints Endpoints => _services.GetRequiredService<IWebhookEndpoints>();

    public IWebhookDeliveries Deliveries => _services.GetRequiredService<IWebhookDeliveries>();

    public DateTimeOffset Clock => _time.GetUtcNow();

    public async Task StartAsync()
    {
        var hosted = _services.GetServices<IHostedService>().ToArray();
        foreach (var service in hosted.OfType<IHostedLifecycleService>())
            await service.StartingAsync(CancellationToken.None);
        foreach (var service in hosted)
            await service.StartAsync(CancellationToken.None);
        foreach (var service in hosted.OfType<IHostedLifecycleService>())
            await service.StartedAsync(CancellationToken.None);
    }

    /// <summary>Stops as a host does, which waits for a time; then the process is gone.</summary>
    public async Task ShutDownAsync(TimeSpan patience)
    {
        using var ending = new CancellationTokenSource(patience, _time);
        var hosted = _services.GetServices<IHostedService>().Reverse().ToArray();
        foreach (var service in hosted.OfType<IHostedLifecycleService>())
            await service.StoppingAsync(ending.Token);
        foreach (var service in hosted)
            await service.StopAsync(ending.Token);
        foreach (var service in hosted.OfType<IHostedLifecycleService>())
            await service.StoppedAsync(ending.Token);
        Kill();
        await _services.DisposeAsync();
    }

    /// <summary>Ends the process between two instructions. Its objects are simply never heard of again.</summary>
    public void Kill()
    {
        Life.Kill();
        foreach (var delivery in _world.Ledger.Deliveries)
            delivery.Attempting.Remove(this);

        // The one thing that lives outside of a process's own objects.
        _services.GetRequiredService<IMeterFactory>().Dispose();
    }

    public void SetClockOff(TimeSpan by) => _time.Offset = by;

    /// <summary>Waits for a call of this process, unless the process is killed first.</summary>
    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        var result = call();
        await Task.WhenAny(result, Life.Killed);
        if (!result.IsCompleted)
            throw new ProcessKilledException();

        return await result;
    }

    public override string ToString() => $"process {_number}";
}
