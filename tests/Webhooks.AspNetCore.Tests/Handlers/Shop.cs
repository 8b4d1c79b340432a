using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Webhooks;

/// <summary>An application with a mapped route at <c>/hook</c>, and a list of what its handlers noted.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly Receiver _receiver;

    private Shop(Receiver receiver, ConcurrentQueue<string> notes) => (_receiver, Notes) = (receiver, notes);

    /// <summary>What handlers noted, in order.</summary>
    public ConcurrentQueue<string> Notes { get; }

    public Receiver Receiver => _receiver;

    public static async Task<Shop> OpenAsync(
        Action<WebhookHandlersBuilder, ConcurrentQueue<string>> add,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebhookSourceOptions>? source = null)
    {
        var notes = new ConcurrentQueue<string>();
        var receiver = await Receiver.StartAsync(
            source,
            (app, _) =>
            {
                app.UseWebhookVerification();
                add(app.MapWebhook("/hook", "billing"), notes);
            },
            builder =>
            {
                builder.Services.AddSingleton(notes);
                configure?.Invoke(builder);
            });
        return new Shop(receiver, notes);
    }

    public Task<HttpStatusCode> TellAsync(string body, params (string Name, string Value)[] headers)
    {
        var request = Some.Webhook(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
            request.With(name, value);
        return _receiver.StatusOfAsync(request);
    }

    /// <summary>Tells of an event whose payload is an order.</summary>
    public Task<HttpStatusCode> TellOfAsync(string eventType, int order = 7) =>
        TellAsync($$"""{"type":"{{eventType}}","id":{{order}}}""");

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();
}
