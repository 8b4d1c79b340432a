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

    /// <summary>Compares the signatures, now that the body is whole. Call it once.</summary>
    /// <returns>What came of it.</returns>
    public abstract VerificationResult Complete();

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
