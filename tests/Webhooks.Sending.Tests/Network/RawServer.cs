using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Webhooks.Tests.Network;

/// <summary>A loopback listener that gives every request the same bytes and counts what reaches it.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    public const string NoContent = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _response;
    private readonly Task _loop;
    private int _connections;

    public RawServer(string response = NoContent, IPAddress? address = null)
    {
        _response = Encoding.ASCII.GetBytes(response);
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Connections => Volatile.Read(ref _connections);

    public string LastRequest { get; private set; } = "";

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public int Port => EndPoint.Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var socket = await _listener.AcceptSocketAsync(_stopping.Token);
            Interlocked.Increment(ref _connections);
            _ = AnswerAsync(socket);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[8192];
            var received = await socket.ReceiveAsync(buffer, _stopping.Token);
            LastRequest = Encoding.ASCII.GetString(buffer, 0, received);
            await socket.SendAsync(_response, _stopping.Token);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(buffer, _stopping.Token) > 0)
            {
            }
        }
    }
}
