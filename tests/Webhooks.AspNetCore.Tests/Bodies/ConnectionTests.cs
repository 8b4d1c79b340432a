using System.Text;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What clients do to connections, well or badly, on the real server.</summary>
public class ConnectionTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"invoice.paid"}""");

    [Theory]
    [InlineData(20)]
    [InlineData(200_000)]
    public async Task A_connection_serves_the_next_request_when_a_handler_left_the_body_unread(int size)
    {
        await using var receiver = await Receiver.OnKestrelAsync(map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", () => handler.Note([])).RequireWebhookVerification("billing");
        });
        using var connection = await receiver.ConnectAsync();
        var body = Some.Body(size);

        for (var request = 0; request < 3; request++)
        {
            await connection.SendAsync(Some.Head(body, $"Content-Length: {size}"));
            await connection.SendAsync(body);
            Assert.Equal(200, await connection.ReadStatusAsync());
            await connection.SendAsync(Some.Head(body, "Transfer-Encoding: chunked") + $"{size:x}\r\n");
            await connection.SendAsync(body);
            await connection.SendAsync("\r\n0\r\n\r\n");
            Assert.Equal(200, await connection.ReadStatusAsync());
        }

        Assert.Equal(6, receiver.Handled.Count);
    }

    [Fact]
    public async Task A_connection_serves_the_next_request_after_a_forged_one()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();

        await connection.SendAsync(Some.Head(Body, $"Content-Length: {Body.Length}") + new string('x', Body.Length));
        var forged = await connection.ReadStatusAsync();
        await connection.SendAsync(Some.Head(Body, $"Content-Length: {Body.Length}"));
        await connection.SendAsync(Body);

        Assert.Equal(401, forged);
        Assert.Equal(204, await connection.ReadStatusAsync());
        Assert.Equal(Body, Assert.Single(receiver.Handled));
    }

    [Fact]
    public async Task Two_requests_sent_at_once_are_both_served()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var request = Some.Head(Body, $"Content-Length: {Body.Length}") + Encoding.UTF8.GetString(Body);

        await connection.SendAsync(request + request);

        Assert.Equal((204, 204), (await connection.ReadStatusAsync(), await connection.ReadStatusAsync()));
        Assert.All(receiver.Handled, body => Assert.Equal(Body, body));
    }

    [Fact]
    public async Task A_client_that_waits_for_100_gets_it_only_when_its_headers_are_worth_a_body()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        var head = Some.Head(Body, $"Content-Length: {Body.Length}", more: "Expect: 100-continue");

        await connection.SendAsync(head);
        var interim = await connection.ReadStatusAsync();
        await connection.SendAsync(Body);
        var final = await connection.ReadStatusAsync();
        using var stale = await receiver.ConnectAsync();
        await stale.SendAsync(head.Replace("webhook-timestamp: 16", "webhook-timestamp: 15", StringComparison.Ordinal));
        var refused = await stale.ReadStatusAsync();

        Assert.Equal((100, 204, 401), (interim, final, refused));
    }

    [Fact]
    public async Task A_client_that_goes_away_amid_its_body_is_no_error_and_frees_the_server_for_others()
    {
        await using var receiver = await Receiver.OnKestrelAsync();
        using var connection = await receiver.ConnectAsync();
        await receiver.SendAndWaitForReaderAsync(connection, Some.Head(Body, $"Content-Length: {Body.Length}") + "{");

        connection.Reset();
        await receiver.WaitForLogAsync(502);

        Assert.DoesNotContain(receiver.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, await receiver.StatusOfAsync(Some.Webhook()));
        Assert.Single(receiver.Handled);
    }
}
