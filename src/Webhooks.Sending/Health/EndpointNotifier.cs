using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Tells the application's observers what happens to endpoints. Whoever raises a change never waits and is
/// never thrown at.</summary>
internal sealed class EndpointNotifier(
    IServiceProvider services, HealthMetrics metrics, TimeProvider timeProvider, ILogger logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private ObserverQueue[] _observers = [];

    public void Raise(EndpointChange change)
    {
        metrics.Record(change.Kind);
        foreach (var observer in Volatile.Read(ref _observers))
            observer.Add(change);
    }

    /// <summary>Whether an observer is told of a change just now.</summary>
    public bool IsTelling(IWebhookEndpointObserver observer)
        => Volatile.Read(ref _observers).Any(queue => queue.Observer == observer && queue.IsTelling);

    // Observers are made only now, since they may need services that raise changes themselves.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Volatile.Write(ref _observers,
            [
                .. services.GetServices<IWebhookEndpointObserver>()
                    .Select(observer => new ObserverQueue(observer, timeProvider, logger)),
            ]);
            foreach (var observer in _observers)
                observer.Start(_stopping.Token);
        }
#pragma warning disable CA1031 // An application's observer may throw anything; delivery goes on without.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.ObserversUnavailable(exception);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_observers.Select(observer => observer.CompleteAsync()))
                .WaitAsync(LastWords, timeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The application stops; an observer that is still busy isn't waited for.
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();
}
