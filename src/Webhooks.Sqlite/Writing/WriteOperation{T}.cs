namespace Webhooks;

/// <summary>An operation that has a result.</summary>
internal sealed class WriteOperation<T>(
    string name, int weight, Func<WriteTransaction, T> execute, CancellationToken cancellationToken) : WriteOperation
{
    // The writer must never run what waits for it.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CancellationTokenRegistration _registration;
    private T? _result;

    public override string Name => name;

    public override int Weight => weight;

    public Task<T> Completion => _completion.Task;

    /// <summary>Lets the caller give up until the operation is taken. To be called before it is queued.</summary>
    public void ObserveCancellation()
    {
        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static self => ((WriteOperation<T>)self!).Withdraw(), this);
    }

    public override void Execute(WriteTransaction transaction) => _result = execute(transaction);

    public override void Finish()
    {
        _registration.Unregister();
        if (Failure is null)
            _completion.TrySetResult(_result!);
        else
            _completion.TrySetException(Failure);
    }

    private void Withdraw()
    {
        if (TryWithdraw())
            _completion.TrySetCanceled(cancellationToken);
    }
}
