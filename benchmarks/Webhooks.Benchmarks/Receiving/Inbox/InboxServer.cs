using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>A receiver with an inbox.</summary>
internal sealed class InboxServer : IAsyncDisposable
{
    public const string Secret = ReceiveServer.Secret;

    private readonly WebApplication _app;

    private InboxServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    public static async Task<InboxServer> StartAsync(string database, bool handles)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddWebhookVerification()
            .AddSource("billing", SignatureSchemes.StandardWebhooks, Secret)
            .UseInbox(inbox => inbox.UseSqlite(database).Configure(options => options.Enabled = handles));
        var app = builder.Build();
        app.UseWebhookVerification();
        app.MapWebhook("/hook", "billing").On("*", static (_, _) => Task.CompletedTask);
        await app.StartAsync();
        return new InboxServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
