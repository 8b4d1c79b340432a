using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Webhooks.Tests.Sockets;

/// <summary>A Kestrel server on loopback.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _connections;

    private Receiver(RequestDelegate handle, Action<ListenOptions>? listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options =>
        {
            options.Use(next => connection =>
            {
                Interlocked.Increment(ref _connections);
                return next(connection);
            });
            listen?.Invoke(options);
        }));
        _application = builder.Build();
        _application.Run(handle);
    }

    public int Connections => Volatile.Read(ref _connections);

    public Uri Url { get; private set; } = null!;

    public static async Task<Receiver> StartAsync(RequestDelegate handle, Action<ListenOptions>? listen = null)
    {
        var receiver = new Receiver(handle, listen);
        await receiver._application.StartAsync();
        receiver.Url = new Uri(receiver._application.Urls.First() + "/hooks");
        return receiver;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
