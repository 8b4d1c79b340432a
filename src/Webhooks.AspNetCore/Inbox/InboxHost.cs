using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Webhooks;

/// <summary>Starts and stops what runs in the inbox's own container along with the application.</summary>
internal sealed class InboxHost(InboxEngine engine) : IHostedLifecycleService
{
    private readonly IHostedService[] _services = [.. engine.Provider.GetServices<IHostedService>()];

    private IEnumerable<IHostedLifecycleService> Observers => _services.OfType<IHostedLifecycleService>();

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        engine.Provider.GetRequiredService<IStartupValidator>().Validate();

        // Made now, and not with the first webhook, so that what it warns of is heard at the start.
        _ = engine.Intake;
        foreach (var service in Observers)
            await service.StartingAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _services)
            await service.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Observers)
            await service.StartedAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Observers)
            await service.StoppingAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _services.Reverse())
            await service.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Observers)
            await service.StoppedAsync(cancellationToken).ConfigureAwait(false);
    }
}
