using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Webhooks;

/// <summary>An application that receives webhooks, on a test server or on Kestrel, with a stopped clock.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app, FakeLogCollector logs, FakeTimeProvider time, ConcurrentQueue<byte[]> handled)
    {
        (_app, Logs, Time, Handled) = (app, logs, time, handled);
        if (app.Services.GetRequiredService<IServer>() is TestServer server)
        {
            Client = server.CreateClient();
            return;
        }

        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public HttpClient Client { get; }

    public Uri Address { get; } = new("http://localhost");

    public FakeLogCollector Logs { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>The bodies that handlers were given, in order; one for each time a handler ran.</summary>
    public ConcurrentQueue<byte[]> Handled { get; }

    public IServiceProvider Services => _app.Services;

    public IEnumerable<string> LogTexts => Logs.GetSnapshot().Select(record => $"{record.Message} {record.Exception}");

    /// <summary>Starts an application. Unless told otherwise it protects <c>POST /hook</c> with the source
    /// <c>billing</c>, reads the body as a stream and answers 204.</summary>
    public static async Task<Receiver> StartAsync(
        Action<WebhookSourceOptions>? source = null,
        Action<WebApplication, Receiver.Handler>? map = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<KestrelServerOptions>? kestrel = null,
        Action<WebhookVerificationBuilder>? sources = null)
    {
        var (logs, time, handled) = (new FakeLogCollector(), new FakeTimeProvider(The.Now), new ConcurrentQueue<byte[]>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddSingleton<TimeProvider>(new CountingTime(time));
        var verification = builder.Services.AddWebhookVerification();
        if (sources is null)
            verification.AddSource("billing", SignatureSchemes.StandardWebhooks, The.SecretText);
        if (source is not null)
            verification.AddSource("billing", source);
        sources?.Invoke(verification);
        if (kestrel is null)
            builder.WebHost.UseTestServer();
        else
            builder.WebHost.ConfigureKestrel(kestrel);
        configure?.Invoke(builder);

        var app = builder.Build();
        if (map is null)
            MapHook(app, new Handler(handled));
        else
            map(app, new Handler(handled));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Receiver(app, logs, time, handled);
    }

    /// <summary>The same on Kestrel, listening on loopback.</summary>
    public static Task<Receiver> OnKestrelAsync(
        Action<WebhookSourceOptions>? source = null,
        Action<WebApplication, Receiver.Handler>? map = null,
        Action<WebApplicationBuilder>? configure = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        Action<KestrelServerOptions>? kestrel = null,
        Action<WebhookVerificationBuilder>? sources = null) => StartAsync(
            source,
            map,
            configure,
            options =>
            {
                options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
                kestrel?.Invoke(options);
            },
            sources);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        Client.SendAsync(request, TestContext.Current.CancellationToken);

    public async Task<HttpStatusCode> StatusOfAsync(HttpRequestMessage request)
    {
        using var response = await SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Sends something and waits until the reader of the body, having set its time limit, waits for more.</summary>
    public async Task SendAndWaitForReaderAsync(RawConnection connection, string text)
    {
        var clock = (CountingTime)Services.GetRequiredService<TimeProvider>();
        while (clock.Asked.Wait(0, TestContext.Current.CancellationToken))
            continue;
        await connection.SendAsync(text);
        await clock.Asked.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the reader of the first body has set an alarm for the end of its time.</summary>
    public Task WaitForAlarmAsync()
    {
        var clock = (CountingTime)Services.GetRequiredService<TimeProvider>();
        return Waiting.UntilAsync(() => clock.Alarms > 0);
    }

    /// <summary>Waits until something was logged with the event id.</summary>
    public Task WaitForLogAsync(int eventId) =>
        Waiting.UntilAsync(() => Logs.GetSnapshot().Any(record => record.Id.Id == eventId), what: $"a log record {eventId}");

    public Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Address.Port);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void MapHook(WebApplication app, Handler handler)
    {
        app.UseWebhookVerification();
        app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
    }

    /// <summary>What a route runs: it notes that it ran, and what it read.</summary>
    internal sealed class Handler(ConcurrentQueue<byte[]> handled)
    {
        public async Task ReadStreamAsync(HttpContext context)
        {
            using var copy = new MemoryStream();
            await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
            handled.Enqueue(copy.ToArray());
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }

        public void Note(byte[] body) => handled.Enqueue(body);
    }
}
