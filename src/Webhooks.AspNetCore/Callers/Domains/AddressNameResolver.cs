using System.Net;

namespace Webhooks;

/// <summary>Finds the names of an address (DNS PTR records). Derive from it to use another DNS, or none in tests, and add
/// it to the services.</summary>
/// <remarks>Whoever holds an address chooses its names, so a name counts only when <see cref="NetworkResolver"/> says that
/// it has that address.</remarks>
public abstract class AddressNameResolver
{
    /// <summary>The operating system's resolver.</summary>
    public static AddressNameResolver System { get; } = new SystemAddressNameResolver();

    /// <summary>Finds the names of an address.</summary>
    /// <param name="address">The address; never IPv4 mapped to IPv6.</param>
    /// <param name="cancellationToken">Ends the lookup; set when it has taken five seconds.</param>
    /// <returns>Every name, with or without a full stop at its end; none if the address has none.</returns>
    /// <exception cref="global::System.Net.Sockets.SocketException">The lookup failed.</exception>
    public abstract ValueTask<IReadOnlyList<string>> ResolveAsync(IPAddress address, CancellationToken cancellationToken);
}
