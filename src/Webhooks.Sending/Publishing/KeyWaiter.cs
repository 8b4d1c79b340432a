using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Tries again and again to write messages whose keys are held by a transaction of somebody else's that is still open,
/// most often an application's own into which another message of the key was published. All that wait are tried
/// together; where that is blocked in halves, so that those are written whose keys have come free. Runs only while
/// somebody waits.
/// </summary>
internal sealed class KeyWaiter(BatchWriter writer, TimeProvider timeProvider, ILogger logger) : IThreadPoolWorkItem
{
    /// <summary>How long a message waits for its keys.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long it is waited until all that wait are tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const int MostNamed = 3;

    // Short, since a connection is taken meanwhile and the others wait for their turn.
    private static readonly TimeSpan MaxKeyWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SilentTime = TimeSpan.FromSeconds(1);

    private readonly KeyChains _chains = new();
    private int _isRunning;
    private bool _isTold;

    /// <summary>Has requests wait whose keys others wait for already, and takes them out of the list: in its order each
    /// key's are written.</summary>
    public void TakeFollowers(List<PublishRequest> requests)
    {
        if (!_chains.IsEmpty)
            _chains.Follow(requests, BeginWaiting);
        Start();
    }

    /// <summary>Has requests wait that are blocked.</summary>
    public void Add(List<PublishRequest> requests)
    {
        requests.ForEach(BeginWaiting);
        _chains.Add(requests);
        Start();
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private void BeginWaiting(PublishRequest request)
    {
        request.BlockedAt ??= timeProvider.GetTimestamp();
        request.PutBack();
    }

    private void Start()
    {
        if (!_chains.IsEmpty && Interlocked.Exchange(ref _isRunning, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // Nothing may leave the loop: callers would wait for ever.
    private async Task RunAsync()
    {
        while (true)
        {
            RefuseOverdue();
            if (_chains.Heads() is not { Count: > 0 } heads)
                break;

            await TryAsync(heads).ConfigureAwait(false);
            await Task.Delay(Pause, timeProvider).ConfigureAwait(false);
        }

        // Somebody may have come just now.
        _isTold = false;
        Interlocked.Exchange(ref _isRunning, 0);
        Start();
    }

    private async ValueTask TryAsync(List<List<PublishRequest>> heads)
    {
        List<PublishRequest> taken = [.. heads.SelectMany(static head => head).Where(static one => one.TryTake())];
        if (taken.Count == 0)
            return;

        var blocked = await WriteAsync(taken).ConfigureAwait(false);
        foreach (var request in blocked)
            request.PutBack();
        _chains.Remove([.. taken.Except(blocked)]);
        if (blocked.Count == 0 || heads.Count == 1)
            return;

        var half = heads.Count / 2;
        await TryAsync(heads[..half]).ConfigureAwait(false);
        await TryAsync(heads[half..]).ConfigureAwait(false);
    }

    private async ValueTask<List<PublishRequest>> WriteAsync(List<PublishRequest> requests)
    {
        try
        {
            return await writer.WriteAsync(requests, MaxKeyWait).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What the store throws has been dealt with; a logger or listener may throw as well.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            requests.ForEach(request => request.Fail(exception));
            return [];
        }
    }

    private void RefuseOverdue()
    {
        var (count, longest) = (0, TimeSpan.Zero);
        var overdue = _chains.TakeOverdue(request =>
        {
            var waited = timeProvider.GetElapsedTime(request.BlockedAt!.Value);
            (count, longest) = (count + 1, waited > longest ? waited : longest);
            return waited >= Patience;
        });
        overdue.ForEach(Refuse);
        if (longest >= SilentTime && !_isTold)
            Tell(count);
    }

    private void Tell(int count)
    {
        _isTold = true;
        try
        {
            logger.KeysAreHeld(count);
        }
#pragma warning disable CA1031 // The application's logger may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            // They wait all the same.
        }
    }

    private void Refuse(PublishRequest request)
    {
        var keys = string.Join(" or ", request.Keys.Take(MostNamed));
        var failure = new TimeoutException(
            $"Message {request.Messages[0].Id.Value} wasn't stored. For {Patience.TotalSeconds} seconds its {keys} has "
            + "been held by a transaction of the database that is still open, most likely one of the application's own "
            + "into which a message with this key was published: commit transactions soon after publishing in them.");
        try
        {
            writer.Fail(request, failure);
        }
#pragma warning disable CA1031 // The application's listener may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            request.Fail(failure);
        }
    }
}
