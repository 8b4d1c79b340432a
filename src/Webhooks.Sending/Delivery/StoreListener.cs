namespace Webhooks;

/// <summary>Has the store say when another process may have brought work. When it throws it is asked again after a
/// while; until then the dispatcher looks by itself.</summary>
internal sealed class StoreListener(DispatchContext context)
{
    private const string Operation = "listen";

    private readonly Backoff _backoff = new(context.Random, TimeSpan.FromSeconds(30));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await context.Store.ListenAsync(Hear, cancellationToken).ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // A store may throw anything, and the loop must outlive it.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                context.Metrics.RecordStoreError(Operation);
                var delay = _backoff.Next();
                context.Logger.StoreThrew(exception, Operation, _backoff.Failures, delay);
                await Task.Delay(delay, context.TimeProvider, cancellationToken).ConfigureAwait(false);
            }

            // What was said meanwhile wasn't heard.
            context.Signal.Set();
        }
    }

    private void Hear()
    {
        _backoff.Reset();
        context.Signal.Set();
    }
}
