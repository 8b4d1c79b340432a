using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>An application behind the library's middleware, on loopback.</summary>
internal sealed class OurReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OurReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<(string? Id, string? EventType, byte[] Body)> Accepted { get; } = new();

    public string Url => _app.Urls.Single() + "/hooks";

    public static async Task<OurReceiver> StartAsync(params string[] secrets)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddWebhookVerification().AddSource("npm", SignatureSchemes.StandardWebhooks, secrets);
        var receiver = new OurReceiver(builder.Build());
        receiver._app.UseWebhookVerification();
        receiver._app.MapPost("/hooks", (VerifiedWebhook webhook) =>
        {
            receiver.Accepted.Enqueue((webhook.Id, webhook.EventType, webhook.ToArray()));
            return Results.NoContent();
        }).RequireWebhookVerification("npm");
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
