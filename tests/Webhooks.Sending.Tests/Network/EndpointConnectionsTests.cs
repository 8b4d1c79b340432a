using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Network;

public sealed class EndpointConnectionsTests : IDisposable
{
    private const string Url = "https://hooks.example.com/";

    private readonly FakeTimeProvider _time = new();
    private readonly List<StubHandler> _handlers = [];
    private readonly EndpointConnections _connections;
    private readonly HttpMessageInvoker _client;

    public EndpointConnectionsTests()
    {
        _connections = new EndpointConnections(NetworkPolicy.Default, _time, CreateHandler, capacity: 3);
        _client = new HttpMessageInvoker(_connections);
    }

    [Fact]
    public async Task Equal_keys_share_a_handler_and_requests_without_one_use_the_usual_policy()
    {
        await SendAsync(null);
        await SendAsync(new ConnectionKey(NetworkPolicy.Default));
        await SendAsync(Key(1));
        await SendAsync(Key(1));

        Assert.Equal([2, 2], _handlers.Select(static handler => handler.Requests));
    }

    [Fact]
    public async Task Handlers_long_unused_are_disposed_a_sweep_after_they_are_let_go()
    {
        await SendAsync(Key(1));
        _time.Advance(EndpointConnections.MaxIdle - TimeSpan.FromSeconds(1));
        await SendAsync(Key(2));
        _time.Advance(EndpointConnections.SweepInterval);
        await SendAsync(Key(2));

        Assert.Equal(1, _connections.Count);
        Assert.Equal([false, false], _handlers.Select(static handler => handler.IsDisposed));

        _time.Advance(EndpointConnections.SweepInterval);
        await SendAsync(Key(2));

        Assert.Equal([true, false], _handlers.Select(static handler => handler.IsDisposed));
    }

    [Fact]
    public async Task The_longest_unused_handler_makes_room_for_a_new_one()
    {
        foreach (var key in new[] { 1, 2, 3, 1, 4 })
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await SendAsync(Key(key));
        }

        await SendAsync(Key(1));
        await SendAsync(Key(2));

        Assert.Equal(3, _connections.Count);
        Assert.Equal([3, 1, 1, 1, 1], _handlers.Select(static handler => handler.Requests));
    }

    [Fact]
    public async Task Each_request_is_judged_by_the_policy_of_its_key()
    {
        var withHttp = new ConnectionKey(new NetworkPolicy(new NetworkOptions { AllowHttp = true }));

        await SendAsync(withHttp, "http://hooks.example.com/");

        await Assert.ThrowsAsync<NetworkRefusedException>(() => SendAsync(null, "http://hooks.example.com/"));
        Assert.Single(_handlers);
    }

    [Fact]
    public async Task All_handlers_are_disposed_with_it_and_none_is_made_afterwards()
    {
        await SendAsync(Key(1));
        await SendAsync(Key(2));

        _connections.Dispose();

        Assert.All(_handlers, static handler => Assert.True(handler.IsDisposed));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(Key(1)));
    }

    [Fact]
    public void Finding_the_connections_of_a_request_allocates_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url);
        request.Headers.Add("webhook-id", "msg_1");
        request.Options.Set(ConnectionKey.Option, Key(1));
        Send();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Send();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Send() => _ = _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _client.Dispose();
        _connections.Dispose();
    }

    private static ConnectionKey Key(int number) =>
        new(new NetworkPolicy(new NetworkOptions { MaxConnectionsPerServer = 100 + number }));

    private async Task SendAsync(ConnectionKey? key, string url = Url) => await Sending.PostAsync(_client, url, key);

    private StubHandler CreateHandler(ConnectionKey key)
    {
        var handler = new StubHandler();
        _handlers.Add(handler);
        return handler;
    }

    private sealed class StubHandler : HttpMessageHandler
    {
        private readonly Task<HttpResponseMessage> _response =
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

        public int Requests { get; private set; }

        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return _response;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
