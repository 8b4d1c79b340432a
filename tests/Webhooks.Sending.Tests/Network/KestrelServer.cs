#pragma warning disable IDE0005 // Some of the projects that compile this have them for all their files.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
#pragma warning restore IDE0005

namespace Webhooks.Tests.Network;

/// <summary>Kestrel on loopback, in clear text or over TLS, remembering connections and names asked for.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string?> _serverNames = [];
    private readonly ConcurrentQueue<(string Connection, string? ClientCertificate)> _requests = [];

    private KestrelServer(RequestDelegate? handler, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, certificate)));
        _app = builder.Build();
        _app.Run(async context =>
        {
            _requests.Enqueue((context.Connection.Id, context.Connection.ClientCertificate?.Thumbprint));
            await (handler?.Invoke(context) ?? Task.CompletedTask);
        });
    }

    public int Port { get; private set; }

    public IReadOnlyCollection<string?> ServerNames => _serverNames;

    public IReadOnlyList<(string Connection, string? ClientCertificate)> Requests => [.. _requests];

    public static async Task<KestrelServer> StartAsync(
        RequestDelegate? handler = null, X509Certificate2? certificate = null)
    {
        var server = new KestrelServer(handler, certificate);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Port = new Uri(addresses.Addresses.Single()).Port;
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Configure(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is null)
            return;

        // Kestrel's own way would fetch the issuer that the certificate points to.
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = connection =>
            {
                _serverNames.Enqueue(connection.ClientHelloInfo.ServerName);
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = context,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = static (_, shown, _, _) =>
                        shown is null or { Issuer: "CN=Test authority" },
                });
            },
        });
    }
}
