using System.Net;

namespace Webhooks;

/// <summary>Turns a host name into addresses. Derive from it to use another DNS, or none in tests.</summary>
/// <remarks>The guard asks once a connection and judges every answer, so an implementation need not filter.</remarks>
public abstract class NetworkResolver
{
    /// <summary>The operating system's resolver.</summary>
    public static NetworkResolver System { get; } = new SystemNetworkResolver();

    /// <summary>Resolves a host name.</summary>
    /// <param name="host">The name in ASCII form, never an address.</param>
    /// <param name="cancellationToken">Ends the lookup; set when the connect timeout has passed.</param>
    /// <returns>Every answer. None means that the name does not exist, which is a failure that may be tried
    /// again.</returns>
    /// <exception cref="global::System.Net.Sockets.SocketException">The lookup failed.</exception>
    public abstract ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
