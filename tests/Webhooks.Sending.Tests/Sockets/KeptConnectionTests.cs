using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Webhooks.Tests.Sockets;

/// <summary>A receiver that closes a kept connection just as a request goes out on it.</summary>
public sealed class KeptConnectionTests : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _ids = [];
    private readonly Task _accepting;
    private Func<int, int, bool> _answers = (_, _) => true;
    private int _connections;

    public KeptConnectionTests()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    [Fact]
    public async Task A_request_lost_on_a_kept_connection_is_sent_once_more_in_the_same_attempt()
    {
        _answers = (connection, request) => connection > 1 || request == 1;
        using var host = SenderHost.OverSockets();
        var endpoint = Endpoint();
        await host.SendAsync(endpoint, TestContext.Current.CancellationToken);

        var result = await host.SendAsync(endpoint, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded);
        Assert.Equal(1, result.LastAttempt.Number);
        Assert.Single(result.Attempts);
        Assert.Equal(3, _ids.Count);
        Assert.Equal(_ids[1], _ids[2]);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 210);
    }

    [Fact]
    public async Task It_is_sent_no_more_than_once_more()
    {
        _answers = (connection, request) => connection == 1 && request == 1;
        using var host = SenderHost.OverSockets();
        var endpoint = Endpoint();
        await host.SendAsync(endpoint, TestContext.Current.CancellationToken);

        var result = await host.SendAsync(endpoint, TestContext.Current.CancellationToken);

        Assert.Equal(WebhookErrorKind.ConnectionReset, result.LastAttempt.Error);
        Assert.Equal(3, _ids.Count);
    }

    [Fact]
    public async Task A_request_lost_on_a_new_connection_is_a_failed_attempt()
    {
        _answers = (_, _) => false;
        using var host = SenderHost.OverSockets();

        var result = await host.SendAsync(Endpoint(), TestContext.Current.CancellationToken);

        Assert.Equal(WebhookErrorKind.ConnectionReset, result.LastAttempt.Error);
        Assert.Single(_ids);
    }

    private WebhookEndpoint Endpoint() => Some.Endpoint(new Uri($"http://{_listener.LocalEndpoint}/hooks"));

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token), ++_connections);
    }

    private async Task ServeAsync(Socket socket, int connection)
    {
        using (socket)
        {
            for (var request = 1; await ReadAsync(socket) is { Length: > 0 } head; request++)
            {
                _ids.Add(head.Split('\n').Single(line => line.StartsWith("webhook-id:", StringComparison.Ordinal)));
                if (!_answers(connection, request))
                    return;
                await socket.SendAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), _stopping.Token);
            }
        }
    }

    private async Task<string> ReadAsync(Socket socket)
    {
        var text = "";
        var buffer = new byte[8192];
        while (!text.EndsWith('}'))
        {
            var count = await socket.ReceiveAsync(buffer, _stopping.Token);
            if (count == 0)
                return "";
            text += Encoding.ASCII.GetString(buffer, 0, count);
        }

        return text;
    }
}
