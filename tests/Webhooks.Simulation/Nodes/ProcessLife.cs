namespace Webhooks.Simulation;

/// <summary>Whether a process runs, is stopped for a while, or was killed.</summary>
internal sealed class ProcessLife
{
    private readonly TaskCompletionSource _killed = new();
    private readonly List<Action> _whenResumed = [];
    private bool _isStopped;

    public bool IsKilled => _killed.Task.IsCompleted;

    public bool IsRunning => !IsKilled && !_isStopped;

    /// <summary>Ends when the process is killed.</summary>
    public Task Killed => _killed.Task;

    public void Kill()
    {
        _whenResumed.Clear();
        _killed.TrySetResult();
    }

    public void Stop() => _isStopped = true;

    public void Resume()
    {
        _isStopped = false;
        Action[] actions = [.. _whenResumed];
        _whenResumed.Clear();
        foreach (var action in actions)
            WhenRunning(action);
    }

    /// <summary>Does something in the process: now, when it goes on, or never.</summary>
    public void WhenRunning(Action action)
    {
        if (IsRunning)
            action();
        else if (!IsKilled)
            _whenResumed.Add(action);
    }

    /// <summary>Lets an answer from outside in: at once, when the process goes on, or never.</summary>
    public Task EnterAsync()
    {
        if (IsRunning)
            return Task.CompletedTask;

        var entered = new TaskCompletionSource();
        if (!IsKilled)
            _whenResumed.Add(entered.SetResult);
        return entered.Task;
    }
}
