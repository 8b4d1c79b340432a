using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>An application behind nginx, which is the one proxy that it believes.</summary>
internal sealed class ProxiedReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Nginx _nginx;

    private ProxiedReceiver(WebApplication app, Nginx nginx) => (_app, _nginx) = (app, nginx);

    /// <summary>Where the public finds it: nginx.</summary>
    public Uri Public => _nginx.Address;

    /// <summary>Where nginx finds it.</summary>
    public Uri Direct => new(_app.Urls.Single());

    /// <summary>For each webhook that was accepted, the connection that it came by, and its length.</summary>
    public ConcurrentQueue<(string Connection, long Length)> Accepted { get; } = new();

    public static async Task<ProxiedReceiver> StartAsync(Action<WebhookVerificationBuilder, Uri> addSources)
    {
        if (Nginx.Program is null)
        {
            const string Missing = "nginx is needed to test behind a proxy.";
            Assert.False(Repository.IsCI, Missing);
            Assert.Skip(Missing);
        }

        var nginx = Nginx.Prepare();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<ForwardedHeadersOptions>(Believe);
        addSources(builder.Services.AddWebhookVerification(), nginx.Address);
        var receiver = new ProxiedReceiver(builder.Build(), nginx);
        receiver.Map();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        await nginx.StartAsync(receiver.Direct);
        return receiver;
    }

    /// <summary>A client that connects from an address of its own.</summary>
    public HttpClient ClientAt(string address)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, address, token) };
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, certificate, _, _) => certificate?.GetRawCertData().AsSpan().SequenceEqual(_nginx.Certificate.RawData) == true;
        return new HttpClient(handler);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _nginx.DisposeAsync();
    }

    private static void Believe(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        options.KnownProxies.Add(IPAddress.Loopback);
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, string from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, to.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private void Map()
    {
        _app.UseForwardedHeaders();
        _app.UseRouting();
        _app.UseWebhookVerification();
        foreach (var source in new[] { "hook", "office" })
        {
            _app.MapPost($"/{source}", (VerifiedWebhook webhook, HttpContext context) =>
            {
                Accepted.Enqueue((context.Connection.Id, webhook.Body.Length));
                return Results.NoContent();
            }).RequireWebhookVerification(source);
        }
    }
}
