using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Webhooks.Tests.Network;

namespace Webhooks;

/// <summary>An application that tells the duplicate key of each webhook that it accepts. Requests are handed to it one
/// after the other.</summary>
internal sealed class KeyReader : IAsyncDisposable
{
    private readonly Receiver _receiver;
    private readonly Box _box;

    private KeyReader(Receiver receiver, Box box) => (_receiver, _box) = (receiver, box);

    /// <summary>The secrets that requests are verified with.</summary>
    public IReadOnlyList<SigningSecret> Secrets
    {
        get => _box.Secrets;
        set => _box.Secrets = value;
    }

    /// <summary>The keys that a verification may have to fetch.</summary>
    public SignatureKeySource? Keys
    {
        get => _box.Source;
        set => _box.Source = value;
    }

    public static Task<KeyReader> StartAsync(SignatureScheme scheme, params SigningSecret[] secrets) =>
        StartAsync(source => source.Scheme = scheme, secrets);

    public static Task<KeyReader> StartAsync(WebhookProvider provider, params SigningSecret[] secrets) =>
        StartAsync(source => source.Provider = provider, secrets);

    private static async Task<KeyReader> StartAsync(Action<WebhookSourceOptions> configure, SigningSecret[] secrets)
    {
        var box = new Box { Secrets = secrets };
        var receiver = await Receiver.StartAsync(
            map: (app, _) =>
            {
                app.UseWebhookVerification();
                app.Map("/hook", (VerifiedWebhook webhook) => { box.Key = webhook.DuplicateKey; })
                    .RequireWebhookVerification("billing");
            },
            configure: builder => builder.Services.AddSingleton<SignatureKeySource>(box)
                .AddSingleton<NetworkResolver>(new ScriptedResolver()),
            sources: builder => builder.AddSchemes(Ed25519SignatureSchemes.All).AddSource("billing", source =>
            {
                configure(source);
                source.ContentTypes.Clear();
                source.Methods.Add("GET");
                source.UseSecrets((_, _) => ValueTask.FromResult(box.Secrets));
            }));
        return new KeyReader(receiver, box);
    }

    /// <summary>The key of a request, or null if it is refused.</summary>
    public async Task<string?> ReadAsync(ReceivedRequest request)
    {
        _box.Key = null;
        _receiver.Time.AdjustTime(request.Now);
        var server = (TestServer)_receiver.Services.GetRequiredService<IServer>();
        await server.SendAsync(context => Fill(context, request), TestContext.Current.CancellationToken);
        return _box.Key;
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private static void Fill(HttpContext context, ReceivedRequest request)
    {
        var host = request.Url.IndexOf("://", StringComparison.Ordinal) + 3;
        var target = request.Url.IndexOfAny(['/', '?'], host);
        target = target < 0 ? request.Url.Length : target;
        (context.Request.Method, context.Request.Path) = (request.Method, "/hook");
        (context.Request.Scheme, context.Request.Host) = (request.Url[..(host - 3)], new HostString(request.Url[host..target]));
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = request.Url[target..];
        context.Request.Body = new MemoryStream(request.Body);
        foreach (var (name, value) in request.Headers.Where(header => header.Key != "Host"))
            context.Request.Headers.Append(name, value);
    }

    private sealed class Box : SignatureKeySource
    {
        public string? Key { get; set; }

        public IReadOnlyList<SigningSecret> Secrets { get; set; } = [];

        public SignatureKeySource? Source { get; set; }

        public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken) =>
            Source!.GetAsync(url, cancellationToken);
    }
}
