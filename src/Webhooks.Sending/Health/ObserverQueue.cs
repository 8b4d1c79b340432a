using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What one observer is still to be told. It may throw, hang or block: that costs itself some changes, and
/// nobody else anything but one thread.</summary>
internal sealed class ObserverQueue
{
    private const int Capacity = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IWebhookEndpointObserver _observer;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Channel<EndpointChange> _changes;
    private Task _hanging = Task.CompletedTask;
    private Task _running = Task.CompletedTask;
    private volatile bool _isTelling;

    public ObserverQueue(IWebhookEndpointObserver observer, TimeProvider timeProvider, ILogger logger)
    {
        _observer = observer;
        _timeProvider = timeProvider;
        _logger = logger;
        _changes = Channel.CreateBounded<EndpointChange>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            Skip);
    }

    public IWebhookEndpointObserver Observer => _observer;

    /// <summary>Whether the observer is told of a change just now.</summary>
    public bool IsTelling => _isTelling;

    private string Name => _observer.GetType().Name;

    public void Add(EndpointChange change) => _changes.Writer.TryWrite(change);

    public void Start(CancellationToken stopping)
        => _running = Task.Run(() => RunAsync(stopping), CancellationToken.None);

    public Task CompleteAsync()
    {
        _changes.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var change in _changes.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
            {
                if (_hanging.IsCompleted)
                    await TellAsync(change, stopping).ConfigureAwait(false);
                else
                    Skip(change);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private async Task TellAsync(EndpointChange change, CancellationToken stopping)
    {
        _isTelling = true;
        var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);

        // On a thread of its own, since an observer may block before it returns a task.
        var call = Task.Run(() => _observer.OnChangedAsync(change, patience.Token), CancellationToken.None);
        try
        {
            await call.WaitAsync(Patience, _timeProvider, stopping).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            _logger.ObserverHangs(Name, Patience, change.Kind, change.EndpointId);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops, and the observer was told so.
        }
#pragma warning disable CA1031 // An application's observer may throw anything.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.ObserverThrew(exception, Name, change.Kind, change.EndpointId);
        }

        if (call.IsCompleted)
            patience.Dispose();
        else
            _hanging = AbandonAsync(call, patience, change);
        _isTelling = false;
    }

    // What the observer registered with the token may hang or throw as well.
    private async Task AbandonAsync(Task call, CancellationTokenSource patience, EndpointChange change)
    {
        try
        {
            await Task.WhenAll(patience.CancelAsync(), call).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As it should.
        }
#pragma warning disable CA1031 // An application's observer may throw anything.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.ObserverThrew(exception, Name, change.Kind, change.EndpointId);
        }
        finally
        {
            patience.Dispose();
        }
    }

    private void Skip(EndpointChange change) => _logger.ObserverSkipped(Name, change.Kind, change.EndpointId);
}
