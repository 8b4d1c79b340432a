using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Webhooks;

/// <summary>A client that sends bytes as they are, broken or not.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> _received = [];

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken)..];
    }

    /// <summary>Sends unless the server has had enough and closed the connection.</summary>
    public Task<bool> TrySendAsync(string text) => TrySendAsync(Encoding.Latin1.GetBytes(text));

    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the connection off without a farewell.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>The status of the next response; 0 when the server closes the connection instead.</summary>
    public async Task<int> ReadStatusAsync() => (await ReadResponseAsync()).Status;

    public async Task<(int Status, string Head, string Body)> ReadResponseAsync()
    {
        var end = await ReceiveUntilAsync(() => Text().IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var at ? at + 4 : -1);
        if (end < 0)
            return (0, "", "");

        var head = Text()[..end];
        _received.RemoveRange(0, end);
        var length = LengthOf(head);
        await ReceiveUntilAsync(() => _received.Count >= length ? length : -1);
        var body = Text()[..Math.Min(length, _received.Count)];
        _received.RemoveRange(0, body.Length);
        return (int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
    }

    public void Dispose() => _socket.Dispose();

    private static int LengthOf(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;

        var value = head.AsSpan(at + Name.Length);
        return int.Parse(value[..value.IndexOf('\r')], CultureInfo.InvariantCulture);
    }

    private string Text() => Encoding.Latin1.GetString([.. _received]);

    private async Task<int> ReceiveUntilAsync(Func<int> find)
    {
        var buffer = new byte[4096];
        while (true)
        {
            if (find() is >= 0 and var found)
                return found;

            int count;
            try
            {
                count = await _socket.ReceiveAsync(buffer, SocketFlags.None, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                return -1;
            }

            if (count == 0)
                return -1;

            _received.AddRange(buffer.AsSpan(0, count));
        }
    }
}
