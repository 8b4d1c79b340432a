using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Webhooks.Tests;

/// <summary>An application with an inbox on Kestrel, and what its handlers were given.</summary>
internal sealed class InboxReceiver : IAsyncDisposable
{
    private const string Secret = "a secret that both sides know";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private InboxReceiver(WebApplication app, FakeLogCollector logs, Channel<WebhookEvent> handled)
    {
        (_app, Logs, Handled) = (app, logs, handled.Reader);
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeLogCollector Logs { get; }

    /// <summary>The webhooks whose handlers returned, in that order.</summary>
    public ChannelReader<WebhookEvent> Handled { get; }

    public IServiceProvider Services => _app.Services;

    public IWebhookInbox Inbox => Services.GetRequiredService<IWebhookInbox>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts an application with the sources <c>code</c> and <c>Other shop</c>, and
    /// <c>picky</c>, which handles one type.</summary>
    public static async Task<InboxReceiver> StartAsync(
        Action<WebhookInboxBuilder>? inbox = null,
        Func<WebhookEvent, CancellationToken, Task>? handler = null,
        Action<IServiceCollection>? services = null)
    {
        var (logs, handled) = (new FakeLogCollector(), Channel.CreateUnbounded<WebhookEvent>());
        var builder = WebApplication.CreateSlimBuilder();
        Microsoft.AspNetCore.Hosting.HostingAbstractionsWebHostBuilderExtensions.UseUrls(
            builder.WebHost, "http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddWebhookVerification()
            .AddSource("code", SignatureSchemes.GitHub, Secret)
            .AddSource("Other shop", SignatureSchemes.GitHub, Secret)
            .AddSource("picky", SignatureSchemes.GitHub, Secret)
            .UseInbox(inbox);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseWebhookVerification();
        app.MapWebhook("/hooks/code", "code").OnFallback(HandleAsync);
        app.MapWebhook("/hooks/other", "Other shop").OnFallback(HandleAsync);
        app.MapWebhook("/hooks/picky", "picky").On("never", HandleAsync).OnUnknown(UnknownEventType.Reject);
        await app.StartAsync(Cancel);
        return new InboxReceiver(app, logs, handled);

        async Task HandleAsync(WebhookEvent webhook, CancellationToken cancellationToken)
        {
            if (handler is not null)
                await handler(webhook, cancellationToken);
            handled.Writer.TryWrite(webhook);
        }
    }

    public async Task<HttpStatusCode> SendAsync(string body, string path = "code", string type = "push")
    {
        using var response = await PostAsync(body, path, type);
        return response.StatusCode;
    }

    public async Task<HttpResponseMessage> PostAsync(string body, string path = "code", string type = "push")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("X-GitHub-Event", type);
        content.Headers.Add("X-GitHub-Delivery", "d1");
        content.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body))));
        return await _client.PostAsync("/hooks/" + path, content, Cancel);
    }

    /// <summary>The only webhook in the inbox, once it is in a state.</summary>
    public async Task<InboxWebhook> OnlyAsync(InboxState state) => (await AllAsync(1, state))[0];

    /// <summary>The webhooks in the inbox, the oldest first, once there are so many and all are in a state.</summary>
    public async Task<IReadOnlyList<InboxWebhook>> AllAsync(int count, InboxState state)
    {
        IReadOnlyList<InboxWebhook> found = [];
        await Waiting.UntilAsync(
            async () =>
            {
                found = (await Inbox.FindAsync(new InboxQuery { OldestFirst = true }, Cancel)).Items;
                return found.Count == count && found.All(webhook => webhook.State == state);
            },
            what: $"{count} webhooks that are {state}");
        return found;
    }

    public Task StopAsync() => _app.StopAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
