using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary>
/// Remembers which webhooks were received, so that each is handled once. Derive from it for a database of your own; the
/// conformance suite says whether it keeps its promises.
/// </summary>
/// <remarks>
/// Methods are safe to call from many threads at once, and of claims for one key that nobody holds exactly one gets
/// <see cref="DuplicateState.New"/>. A method that threw may have done what it says or not. The clock is the store's:
/// callers pass how long from now.
/// </remarks>
public abstract class WebhookDuplicateStore
{
    /// <summary>The store's name in logs, such as <c>sqlite</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether other processes see what it remembers, or this one after a restart. If so, a claim is held for
    /// a short time and renewed, since its holder may die; if not, until it is completed or released.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Makes the store ready: creates its tables, or brings them up to date. Safe when many processes do it at
    /// once, and when it is called again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Holds a webhook for the caller, unless it was handled or somebody else holds it.</summary>
    /// <param name="key">What tells the webhook from every other one: up to about 400 characters of any kind.</param>
    /// <param name="hold">How long the claim holds unless it is completed, renewed or released; more than
    /// zero.</param>
    /// <param name="cancellationToken">Gives up; whether it is held then is uncertain, and the hold runs out.</param>
    /// <returns>Whether it is new, and then the claim's token.</returns>
    public abstract ValueTask<DuplicateClaim> ClaimAsync(
        string key, TimeSpan hold, CancellationToken cancellationToken);

    /// <summary>Makes a claim last for a time from now.</summary>
    /// <param name="key">The webhook's key.</param>
    /// <param name="token">The claim's token.</param>
    /// <param name="hold">How long from now; more than zero.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it still was the caller's.</returns>
    public abstract ValueTask<bool> RenewAsync(
        string key, long token, TimeSpan hold, CancellationToken cancellationToken);

    /// <summary>Remembers that a webhook was handled. Also done when the claim ran out, unless somebody else has
    /// claimed the webhook since.</summary>
    /// <param name="key">The webhook's key.</param>
    /// <param name="token">The claim's token.</param>
    /// <param name="keep">How long to remember it; more than zero.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False if somebody else has claimed it since: then it is handled twice.</returns>
    public abstract ValueTask<bool> CompleteAsync(
        string key, long token, TimeSpan keep, CancellationToken cancellationToken);

    /// <summary>Gives a webhook back unhandled: whoever claims it next gets it. Does nothing if the claim is no longer
    /// the caller's.</summary>
    /// <param name="key">The webhook's key.</param>
    /// <param name="token">The claim's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask ReleaseAsync(string key, long token, CancellationToken cancellationToken);

    /// <summary>Deletes some of what has run out. It is called again and again while it deletes as many as it
    /// may.</summary>
    /// <param name="batchSize">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were deleted; 0 from stores that need nobody to ask.</returns>
    public virtual Task<int> PurgeAsync(int batchSize, CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>A digest of a key, for databases that limit what a key may be: other keys have others.</summary>
    /// <param name="key">The webhook's key.</param>
    /// <returns>32 bytes.</returns>
    protected static byte[] DigestOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // Of the text's characters as they are: any encoding would take some broken ones for each other.
        return SHA256.HashData(MemoryMarshal.AsBytes(key.AsSpan()));
    }

    /// <summary>A token that no other claim has.</summary>
    /// <returns>A random number.</returns>
    protected static long NewToken() => BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
}
