using System.Collections.Concurrent;
using Webhooks.Tests.Network;

namespace Webhooks;

/// <summary>A server over TLS that publishes a list of networks, as a test wants it.</summary>
internal sealed class ListServer : IAsyncDisposable
{
    private const string Host = "lists.example.com";

    private readonly TestAuthority _authority = new();
    private KestrelServer _server = null!;

    /// <summary>The entity tags that were shown, in order; empty where none was.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public RequestDelegate Answer { get; set; } = Publishing("192.0.2.0/24");

    public Uri Url => new($"https://{Host}:{_server.Port}/meta?token=hidden");

    public static async Task<ListServer> StartAsync()
    {
        var server = new ListServer();
        server._server = await KestrelServer.StartAsync(
            context =>
            {
                server.Asked.Enqueue(context.Request.Headers.IfNoneMatch.ToString());
                return server.Answer(context);
            },
            server._authority.IssueServer(Host));
        return server;
    }

    public static RequestDelegate Publishing(params string[] networks) => context =>
    {
        context.Response.Headers.ETag = $"\"{networks.Length}\"";
        return context.Response.WriteAsync($$"""{"hooks":[{{string.Join(',', networks.Select(text => $"\"{text}\""))}}]}""");
    };

    public static RequestDelegate Saying(int status, string text = "") => context =>
    {
        context.Response.StatusCode = status;
        return text.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(text);
    };

    public PublishedNetworks Networks(params string[] seeds) => new() { Url = Url, Paths = ["hooks"], Seeds = seeds };

    /// <summary>Lets an application reach the server through the guard.</summary>
    public void Open(IServiceCollection services)
    {
        var options = new NetworkOptions { AllowPrivateNetworks = true }.TrustOnly([_authority.Root]);
        services.AddSingleton(new NetworkPolicy(options));
        services.AddSingleton<NetworkResolver>(ScriptedResolver.Always("127.0.0.1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }
}
