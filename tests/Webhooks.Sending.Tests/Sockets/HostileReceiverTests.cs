using System.Diagnostics;
using System.IO.Compression;
using System.Net.Sockets;

namespace Webhooks.Tests.Sockets;

/// <summary>What a receiver can do to a sender over a real connection, and what it gets for it.</summary>
public sealed class HostileReceiverTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly byte[] Kilobyte = [.. Enumerable.Repeat((byte)'a', 1024)];

    [Fact]
    public async Task Headers_that_do_not_come_are_waited_for_no_longer_than_the_timeout()
    {
        await using var receiver = new RawReceiver(NeverEndAsync);

        var (attempt, elapsed) = await SendAsync(receiver, Short);

        Assert.Equal(WebhookErrorKind.Timeout, attempt.Error);
        Assert.Null(attempt.StatusCode);
        Assert.InRange(elapsed, Short - TimeSpan.FromMilliseconds(50), The.Patience);
        await receiver.CutOff;
    }

    [Fact]
    public async Task Headers_that_drip_count_toward_the_timeout()
    {
        await using var receiver = new RawReceiver((socket, stop) => DripAsync(socket, "HTTP/1.1 200 OK\r\nX-Slow: ", stop));

        var (attempt, _) = await SendAsync(receiver, Short);

        Assert.Equal(WebhookErrorKind.Timeout, attempt.Error);
        await receiver.CutOff;
    }

    [Theory]
    [InlineData("200 OK", WebhookErrorKind.None)]
    [InlineData("500 No", WebhookErrorKind.HttpStatus)]
    public async Task A_body_that_drips_is_cut_at_the_timeout_and_the_status_counts(string status, WebhookErrorKind error)
    {
        await using var receiver = new RawReceiver(async (socket, stop) =>
        {
            await RawReceiver.SendAsync(socket, $"HTTP/1.1 {status}\r\nContent-Length: 1000\r\n\r\n", stop);
            await DripAsync(socket, "", stop);
        });

        var (attempt, elapsed) = await SendAsync(receiver, Short);

        Assert.Equal(error, attempt.Error);
        Assert.StartsWith("aa", attempt.ResponseSnippet, StringComparison.Ordinal);
        Assert.InRange(elapsed, TimeSpan.Zero, The.Patience);
        await receiver.CutOff;
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 10737418240")]
    [InlineData("Connection: close")]
    public async Task A_body_without_end_is_read_to_the_limit_and_the_connection_dropped(string framing)
    {
        var written = 0L;
        await using var receiver = new RawReceiver(async (socket, stop) =>
        {
            await RawReceiver.SendAsync(socket, $"HTTP/1.1 500 No\r\n{framing}\r\n\r\n", stop);
            for (; ; written += Kilobyte.Length)
            {
                if (framing.EndsWith("chunked", StringComparison.Ordinal))
                    await RawReceiver.SendAsync(socket, "400\r\n", stop);
                await RawReceiver.SendAsync(socket, Kilobyte, stop);
                if (framing.EndsWith("chunked", StringComparison.Ordinal))
                    await RawReceiver.SendAsync(socket, "\r\n", stop);
            }
        });

        var (attempt, elapsed) = await SendAsync(receiver);

        Assert.Equal(500, attempt.StatusCode);
        Assert.Equal(new string('a', 1024), attempt.ResponseSnippet);
        Assert.InRange(elapsed, TimeSpan.Zero, The.Patience / 2);
        await receiver.CutOff;
        Assert.InRange(written, 16 * 1024, 64 * 1024 * 1024); // what the sockets on both sides hold
    }

    [Fact]
    public async Task A_compressed_body_is_not_asked_for_and_not_unpacked()
    {
        var bomb = Gzip(new byte[8 * 1024 * 1024]);
        await using var receiver = new RawReceiver(async (socket, stop) =>
        {
            await RawReceiver.SendAsync(
                socket, $"HTTP/1.1 500 No\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n", stop);
            await RawReceiver.SendAsync(socket, bomb, stop);
        });

        var (attempt, _) = await SendAsync(receiver);

        Assert.StartsWith("\uFFFD\uFFFD", attempt.ResponseSnippet, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept-Encoding", receiver.Request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Expect", receiver.Request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")]
    [InlineData("X-Header: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    public async Task A_flood_of_headers_is_an_invalid_response(string flood)
    {
        await using var receiver = new RawReceiver(async (socket, stop) =>
        {
            if (!flood.StartsWith("HTTP", StringComparison.Ordinal))
                await RawReceiver.SendAsync(socket, "HTTP/1.1 200 OK\r\n", stop);
            while (true)
                await RawReceiver.SendAsync(socket, flood, stop);
        });

        var (attempt, _) = await SendAsync(receiver);

        Assert.Equal(WebhookErrorKind.ResponseInvalid, attempt.Error);
        await receiver.CutOff;
    }

    [Fact]
    public async Task A_connection_reset_before_the_status_is_an_error_and_after_it_is_not()
    {
        await using var before = new RawReceiver((socket, _) => ResetAsync(socket));
        await using var closing = new RawReceiver((socket, _) => { socket.Close(); return Task.CompletedTask; });
        await using var after = new RawReceiver(async (socket, stop) =>
        {
            await RawReceiver.SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart", stop);
            socket.Shutdown(SocketShutdown.Both);
        });

        Assert.Equal(WebhookErrorKind.ConnectionReset, (await SendAsync(before)).Attempt.Error);
        Assert.Equal(WebhookErrorKind.ConnectionReset, (await SendAsync(closing)).Attempt.Error);
        var (accepted, _) = await SendAsync(after);
        Assert.True(accepted.Succeeded);
        Assert.Equal("part", accepted.ResponseSnippet);
    }

    [Theory]
    [InlineData("SMTP ready\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    public async Task What_is_not_http_is_an_invalid_response(string answer)
    {
        await using var receiver = new RawReceiver(answer);

        Assert.Equal(WebhookErrorKind.ResponseInvalid, (await SendAsync(receiver)).Attempt.Error);
    }

    [Fact]
    public async Task An_unasked_100_Continue_is_passed_over()
    {
        await using var receiver = new RawReceiver("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");

        Assert.Equal(204, (await SendAsync(receiver)).Attempt.StatusCode);
    }

    [Fact]
    public async Task What_the_receiver_writes_is_made_fit_to_print()
    {
        await using var receiver = new RawReceiver(
            "HTTP/1.1 500 No\r\nConnection: close\r\n\r\nfirst\r\nsecond\u001b[31m\0");

        Assert.Equal("first  second\uFFFD[31m\uFFFD", (await SendAsync(receiver)).Attempt.ResponseSnippet);
    }

    private static async Task<(WebhookAttempt Attempt, TimeSpan Elapsed)> SendAsync(
        RawReceiver receiver, TimeSpan? timeout = null)
    {
        using var host = SenderHost.OverSockets(options => options.AttemptTimeout = timeout ?? The.Patience);
        var started = Stopwatch.GetTimestamp();
        var result = await host.SendAsync(Some.Endpoint(receiver.Url), TestContext.Current.CancellationToken);
        return (result.LastAttempt, Stopwatch.GetElapsedTime(started));
    }

    private static Task NeverEndAsync(Socket socket, CancellationToken stop) => Task.CompletedTask;

    private static async Task DripAsync(Socket socket, string start, CancellationToken stop)
    {
        await RawReceiver.SendAsync(socket, start, stop);
        using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await drip.WaitForNextTickAsync(stop))
            await RawReceiver.SendAsync(socket, "a", stop);
    }

    private static Task ResetAsync(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        return Task.CompletedTask;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return target.ToArray();
    }
}
