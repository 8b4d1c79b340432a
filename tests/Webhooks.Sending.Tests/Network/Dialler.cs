using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Webhooks.Tests.Network;

/// <summary>
/// Takes the place of the sockets behind the guard: notes where the guard would have connected, and connects to a
/// loopback server instead, so that public addresses can be part of a test.
/// </summary>
internal sealed class Dialler(IPEndPoint server)
{
    private readonly ConcurrentQueue<IPEndPoint> _dialled = [];

    public IReadOnlyCollection<IPEndPoint> Dialled => _dialled;

    /// <summary>Makes a guarded client that differs from the real one in the last step alone.</summary>
    public HttpMessageInvoker CreateClient(NetworkPolicy policy, NetworkResolver resolver)
    {
        var connector = new GuardedConnector(policy, resolver, TimeProvider.System, DialAsync);

        return new HttpMessageInvoker(new EndpointConnections(policy, TimeProvider.System, key =>
        {
            var handler = GuardedSocketsHandler.Create(
                key.Policy, key.ClientCertificate, resolver, TimeProvider.System);
            handler.ConnectCallback = connector.ConnectAsync;
            return handler;
        }));
    }

    private async Task<Socket> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        _dialled.Enqueue(endPoint);
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken);
        return socket;
    }
}
