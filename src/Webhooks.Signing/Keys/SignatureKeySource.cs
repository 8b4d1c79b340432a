namespace Webhooks;

/// <summary>
/// Fetches what senders publish for checking their signatures: certificates and public keys at a URL. A scheme asks
/// only for URLs on hosts that it trusts.
/// </summary>
/// <remarks>
/// An implementation is for use by many threads at once. It should keep what it fetched for a while, bound what it keeps
/// and how long and how much it reads, and follow no redirects.
/// </remarks>
public abstract class SignatureKeySource
{
    /// <summary>Fetches what lies at a URL.</summary>
    /// <param name="url">An absolute HTTPS URL whose host the scheme trusts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bytes, which are not to be changed.</returns>
    /// <exception cref="Exception">They can't be had, for whatever reason; the verification is then refused with
    /// <see cref="VerificationOutcome.KeyUnavailable"/>.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken);
}
