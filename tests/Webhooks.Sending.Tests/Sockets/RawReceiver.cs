using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Webhooks.Tests.Sockets;

/// <summary>A server on loopback that reads a request and then does to the connection whatever a test wants.</summary>
internal sealed class RawReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Socket, CancellationToken, Task> _answer;
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;

    public RawReceiver(Func<Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public RawReceiver(string response)
        : this(async (socket, cancellationToken) =>
        {
            await SendAsync(socket, response, cancellationToken);
            socket.Shutdown(SocketShutdown.Send);
        })
    {
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/hooks");

    /// <summary>The first request's head.</summary>
    public string Request { get; private set; } = "";

    /// <summary>Ends when the sender has dropped the connection.</summary>
    public Task CutOff => _cutOff.Task.WaitAsync(The.Patience);

    public static async Task SendAsync(Socket socket, string text, CancellationToken cancellationToken)
        => await SendAsync(socket, Encoding.ASCII.GetBytes(text), cancellationToken);

    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token));
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await ReadRequestAsync(socket);
                await _answer(socket, _stopping.Token);
                await ReadToEndAsync(socket);
            }
            catch (SocketException)
            {
                // The sender dropped the connection while the answer was written.
            }

            _cutOff.TrySetResult();
        }
    }

    private async Task ReadRequestAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        do
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, _stopping.Token)));
        }
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal));
        Request = text.ToString();
    }

    private async Task ReadToEndAsync(Socket socket)
    {
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, _stopping.Token) > 0)
        {
        }
    }
}
