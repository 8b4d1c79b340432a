using System.Net;
using System.Net.Sockets;

namespace Webhooks;

/// <summary>Forward-confirmed reverse DNS: a name of the address that lies within the domains, and that name's
/// addresses.</summary>
internal sealed class DomainLookup(AddressNameResolver names, NetworkResolver addresses, TimeProvider time)
{
    // Whoever holds an address may give it as many names as he likes.
    private const int MostNames = 8;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks DNS. Throws nothing.</summary>
    /// <returns>The answer, and what went wrong where there is none.</returns>
    public async Task<(DomainAnswer Answer, Exception? Fault)> AskAsync(AllowedDomains domains, IPAddress address)
    {
        using var deadline = new CancellationTokenSource(Timeout, time);
        try
        {
            var isConfirmed = await IsConfirmedAsync(domains, address, deadline.Token).ConfigureAwait(false);
            return (isConfirmed ? DomainAnswer.Confirmed : DomainAnswer.Denied, null);
        }
        catch (Exception exception)
        {
            return (DomainAnswer.Unknown, exception);
        }
    }

    private async Task<bool> IsConfirmedAsync(
        AllowedDomains domains, IPAddress address, CancellationToken cancellationToken)
    {
        var found = await FindAsync(names.ResolveAsync(address, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        foreach (var name in found.Take(MostNames).Select(name => name.TrimEnd('.')).Where(domains.Have))
        {
            var answers = await FindAsync(addresses.ResolveAsync(name, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            if (answers.Any(answer => AddressList.Plain(answer).Equals(address)))
                return true;
        }

        return false;
    }

    /// <summary>Awaits a lookup, even one that doesn't heed the time. That there is nothing is an answer.</summary>
    private static async Task<IReadOnlyList<T>> FindAsync<T>(
        ValueTask<IReadOnlyList<T>> lookup, CancellationToken cancellationToken)
    {
        try
        {
            return await lookup.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
            when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return [];
        }
    }
}
