using Microsoft.Extensions.Hosting;

namespace Webhooks;

/// <summary>
/// Delivers what is stored: claims (<see cref="ClaimLoop"/>) → lanes (<see cref="DispatchBoard"/>) → attempts
/// (<see cref="DeliveryWorkers"/>) → outcomes (<see cref="OutcomeWriter"/>), while leases are renewed
/// (<see cref="LeaseKeeper"/>). What this process publishes may come without a claim
/// (<see cref="DirectLeases"/>). This class starts the loops and stops them in order.
/// </summary>
internal sealed class Dispatcher : IHostedService, IDisposable
{
    /// <summary>How long, once the host's patience is over, what was cut off may take to be given back.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly DispatchContext _context;
    private readonly DispatchBoard _board;
    private readonly ClaimLoop _claims;
    private readonly DirectLeases _direct;
    private readonly DeliveryWorkers _workers;
    private readonly OutcomeWriter _writer;
    private readonly LeaseKeeper _leases;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private Task _claiming = Task.CompletedTask;
    private Task _others = Task.CompletedTask;
    private bool _isDisposed;

    public Dispatcher(DispatchContext context)
    {
        _context = context;
        var factory = new LaneFactory(context.Directory, context.Options, context.TimeProvider, context.Random);
        var planner = new OutcomePlanner(
            context.UsualPolicy, context.Options, context.Random, context.TimeProvider, context.Logger);
        _board = new DispatchBoard(factory, context.Options, context.Clock, context.Signal);
        _writer = new OutcomeWriter(context, _board);
        _workers = new DeliveryWorkers(context, _board, planner, _writer);
        _leases = new LeaseKeeper(context, _board, _workers);
        _claims = new ClaimLoop(context, _board, _workers, planner, _writer);
        _direct = new DirectLeases(context, _board, _workers, planner, _writer);
    }

    /// <summary>How much is held now.</summary>
    public BoardState State => _board.State;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_context.Options.Enabled)
            return Task.CompletedTask;

        _context.Metrics.Source = () => _board.State;
        _context.Signal.IsDispatcherRunning = true;
        _context.Publications.Direct = _direct;
        _context.Logger.DispatcherStarted(_context.Store.Name);
        _claiming = Task.Run(() => _claims.RunAsync(_stopping.Token, _abort.Token), CancellationToken.None);
        _others = Task.WhenAll(
            Task.Run(() => _writer.RunAsync(_abort.Token), CancellationToken.None),
            Task.Run(() => _leases.RunAsync(_abort.Token), CancellationToken.None),
            Task.Run(() => new StoreListener(_context).RunAsync(_stopping.Token), CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes no more work and gives back at once what hasn't begun; lets what is under way end as long as the host
    /// waits; then cuts it off and gives that back too. An attempt cut off doesn't count. Outcomes are written and
    /// leases renewed until the end.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_claiming == Task.CompletedTask)
            return;

        _context.Signal.IsDispatcherRunning = false;
        _context.Publications.Direct = null;
        _board.Stop();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await ReleaseAsync(cancellationToken).ConfigureAwait(false);
        await QuietlyAsync(_claiming, cancellationToken).ConfigureAwait(false);
        await ReleaseAsync(cancellationToken).ConfigureAwait(false);
        await QuietlyAsync(_board.Idle, cancellationToken).ConfigureAwait(false);

        _workers.CutOff();
        using (var grace = new CancellationTokenSource(Grace, _context.TimeProvider))
        {
            await QuietlyAsync(_board.Idle, grace.Token).ConfigureAwait(false);
            await ReleaseAsync(grace.Token).ConfigureAwait(false);
        }

        await _abort.CancelAsync().ConfigureAwait(false);
        await QuietlyAsync(Task.WhenAll(_claiming, _others), CancellationToken.None).ConfigureAwait(false);
        _context.Logger.DispatcherStopped(_workers.CutOffCount, _board.State.Held);
    }

    // The container disposes of it twice: it is known there by two names.
    public void Dispose()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        _stopping.Cancel();
        _abort.Cancel();
        _workers.Dispose();
        _stopping.Dispose();
        _abort.Dispose();
    }

    // A store that fails now gets a few more chances; leases that couldn't be given back run out by themselves. Other
    // nodes are told, so that what this one leaves doesn't wait for their next look.
    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        for (var chances = 3; chances > 0 && !cancellationToken.IsCancellationRequested; chances--)
        {
            try
            {
                if (await _claims.ReleaseAsync(cancellationToken).ConfigureAwait(false))
                    await _context.Store.NotifyAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // A store may throw anything, and stopping must go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _context.Logger.StoreThrew(exception, "release", 1, TimeSpan.Zero);
            }
        }
    }

    private static async Task QuietlyAsync(Task task, CancellationToken cancellationToken)
        => await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
