namespace Webhooks;

/// <summary>
/// How the dispatcher hears that there may be work. Anybody may set it, at any rate and from any thread; one claim loop
/// waits for it. A signal given while nobody waits is kept, however often it is given.
/// </summary>
internal sealed class DispatchSignal(TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private TaskCompletionSource? _waiter;
    private ITimer? _timer;
    private int _isSet;
    private int _isWoken;
    private volatile bool _isDispatcherRunning;
    private volatile bool _isSaturated;

    /// <summary>Whether this process delivers, so that what it publishes is its own to look for.</summary>
    public bool IsDispatcherRunning
    {
        get => _isDispatcherRunning;
        set => _isDispatcherRunning = value;
    }

    /// <summary>Whether this process holds as much work as it may, so that others should hear of new work.</summary>
    public bool IsSaturated
    {
        get => _isSaturated;
        set => _isSaturated = value;
    }

    /// <summary>Whether somebody waits and has heard nothing yet.</summary>
    public bool IsAwaited
        => Volatile.Read(ref _waiter) is not null && Volatile.Read(ref _isSet) == 0 && Volatile.Read(ref _isWoken) == 0;

    /// <summary>Says that there may be work. Never blocks.</summary>
    public void Set()
    {
        if (Volatile.Read(ref _isSet) == 0 && Interlocked.Exchange(ref _isSet, 1) == 0)
            Wake();
    }

    /// <summary>Ends the wait under way, or else the next one, without saying that there is work.</summary>
    public void Wake()
    {
        Interlocked.Exchange(ref _isWoken, 1);
        Release();
    }

    /// <summary>Forgets the signal, and says whether there was one. What is set from now on counts anew, so take it
    /// before looking for work, not afterwards.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isSet, 0) == 1;

    /// <summary>
    /// Waits until somebody sets the signal, which stays set, or calls <see cref="Wake"/>, or the time is over. For one
    /// caller at a time.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (timeout <= TimeSpan.Zero)
            return;

        // One timer for all waits. When its time comes just as a wait ends otherwise, it may cut the next one short,
        // which costs a look around and nothing else. Set before anybody can see that it is waited.
        _timer ??= timeProvider.CreateTimer(
            static signal => ((DispatchSignal)signal!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(timeout < LongestWait ? timeout : LongestWait, Timeout.InfiniteTimeSpan);
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _waiter, waiter);
        if (Volatile.Read(ref _isSet) == 1 || Volatile.Read(ref _isWoken) == 1)
            Release();
        using (cancellationToken.UnsafeRegister(static signal => ((DispatchSignal)signal!).Release(), this))
            await waiter.Task.ConfigureAwait(false);
        Volatile.Write(ref _isWoken, 0);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _timer?.Dispose();

    private void Release() => Interlocked.Exchange(ref _waiter, null)?.TrySetResult();
}
