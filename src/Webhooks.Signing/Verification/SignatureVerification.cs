namespace Webhooks;

/// <summary>
/// One verification under way: feed it the body, whole or in pieces as it arrives, then complete it. It may come from
/// a pool: dispose of it once, and don't touch it afterwards. Not for use by several threads at once.
/// </summary>
public abstract class SignatureVerification : IDisposable
{
    /// <summary>Takes the next piece of the body.</summary>
    /// <param name="body">The bytes, as they were received. They aren't kept.</param>
    public abstract void Append(ReadOnlySpan<byte> body);

    /// <summary>Compares the signatures, now that the body is whole. Call it once, or <see cref="CompleteAsync"/>
    /// instead.</summary>
    /// <returns>What came of it; <see cref="VerificationOutcome.KeyUnavailable"/> for schemes that have to fetch a key,
    /// which only <see cref="CompleteAsync"/> does.</returns>
    public abstract VerificationResult Complete();

    /// <summary>Compares the signatures, now that the body is whole, and fetches the keys that this takes. Call it
    /// once.</summary>
    /// <param name="cancellationToken">Gives up fetching.</param>
    /// <returns>What came of it. For schemes that fetch nothing it is there at once.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while a key was
    /// being fetched.</exception>
    public virtual ValueTask<VerificationResult> CompleteAsync(CancellationToken cancellationToken) => new(Complete());

    /// <summary>Gives the verification back, completed or not.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the verification holds.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
