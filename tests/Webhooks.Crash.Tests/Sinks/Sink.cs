using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Crash;

/// <summary>The receivers: one Kestrel in the test's own process, which nobody kills, with many endpoints.</summary>
internal sealed class Sink : IAsyncDisposable
{
    // Nodes whose clock was moved by an hour sign with that clock.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(2);

    private readonly Dictionary<string, SinkEndpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly WebApplication _application;
    private string[] _addresses = [];
    private int _forged;

    private Sink(int hosts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Linux takes the whole of 127.0.0.0/8 for this machine.
            for (var host = 1; host <= hosts; host++)
                kestrel.Listen(new IPAddress([127, 0, 0, (byte)host]), 0);
            kestrel.Limits.MaxRequestBodySize = 128 * 1024 * 1024;
        });
        _application = builder.Build();
        _application.Run(TakeAsync);
    }

    public IReadOnlyCollection<SinkEndpoint> Endpoints => _endpoints.Values;

    /// <summary>Requests to no endpoint, with a wrong signature, or of an id other than the signed one.</summary>
    public int Forged => _forged;

    public int Attempts => Endpoints.Sum(endpoint => endpoint.Attempts);

    public int Overlaps => Endpoints.Sum(endpoint => endpoint.Overlaps);

    /// <param name="hosts">How many hosts the endpoints are spread over, 1 to 254.</param>
    public static async Task<Sink> StartAsync(int hosts = 1)
    {
        var sink = new Sink(hosts);
        await sink._application.StartAsync();
        var server = sink._application.Services.GetRequiredService<IServer>();
        sink._addresses = [.. server.Features.Get<IServerAddressesFeature>()!.Addresses];
        return sink;
    }

    /// <summary>Adds an endpoint; do it before there is traffic.</summary>
    public SinkEndpoint Add(
        string id, Answer answer, TimeSpan? timeout = null, string eventType = "order.placed")
    {
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var address = _addresses[_endpoints.Count % _addresses.Length];
        var endpoint = new SinkEndpoint(id, new Uri($"{address}/{id}"), secret, answer)
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
            EventType = eventType,
        };
        _endpoints.Add(id, endpoint);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var arrived = TimeProvider.System.GetTimestamp();
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = new ReadOnlySequence<byte>(buffer.GetBuffer(), 0, (int)buffer.Length);
        var id = context.Request.Path.Value!.TrimStart('/');
        if (!_endpoints.TryGetValue(id, out var endpoint)
            || Verify(context.Request, endpoint, body) is not { IsVerified: true } verdict)
        {
            Interlocked.Increment(ref _forged);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var arriving = new Attempt
        {
            MessageId = verdict.MessageId!,
            Node = context.Request.Headers.UserAgent.ToString(),
            SignedAt = verdict.Timestamp!.Value,
            ArrivedAt = arrived,
        };
        var attempt = endpoint.Begin(arriving, body);
        var accepted = false;
        try
        {
            accepted = await endpoint.Answer(context, attempt);
        }
        finally
        {
            endpoint.End(attempt, accepted);
        }
    }

    private static VerificationResult Verify(HttpRequest request, SinkEndpoint endpoint, in ReadOnlySequence<byte> body)
    {
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        var context = new VerificationContext
        {
            Headers = SignatureHeaders.From(headers),
            Secrets = endpoint.Secrets,
            Now = TimeProvider.System.GetUtcNow(),
            Tolerance = Tolerance,
        };
        return SignatureSchemes.StandardWebhooks.Verify(context, body);
    }
}
