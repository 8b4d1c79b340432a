using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Tests.Sockets;

/// <summary>Sending to Kestrel.</summary>
public sealed class RealReceiverTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task The_bytes_received_are_the_bytes_signed()
    {
        ReceivedRequest? received = null;
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            received = await ReadAsync(context.Request);
            context.Response.StatusCode = 204;
        });
        using var host = SenderHost.OverSockets();
        var message = WebhookMessage.Create("file.added", Enumerable.Range(0, 200_000).Select(i => (byte)i).ToArray(), "application/octet-stream");

        var result = await host.Sender.SendAsync(message, Some.Endpoint(receiver.Url), Cancellation);

        Assert.True(result.Succeeded);
        Assert.Equal(message.Payload.ToArray(), received!.Body);
        Assert.Equal("application/octet-stream", received["Content-Type"]);
        Assert.Equal("200000", received["Content-Length"]);
        Assert.True(received.Verify(SignatureSchemes.StandardWebhooks, The.SigningSecret).IsVerified);
        Assert.DoesNotContain("traceparent", received.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(204, 0)]
    [InlineData(200, 0)]
    [InlineData(200, 500)]
    [InlineData(500, 16_000)]
    public async Task A_connection_is_used_again_when_the_response_fits(int status, int length)
    {
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            await ReadAsync(context.Request);
            context.Response.StatusCode = status;
            if (length > 0)
                await context.Response.WriteAsync(new string('a', length)); // chunked
        });
        using var host = SenderHost.OverSockets();
        var endpoint = Some.Endpoint(receiver.Url);

        for (var i = 0; i < 5; i++)
            Assert.Equal(status, (await host.SendAsync(endpoint, Cancellation)).LastAttempt.StatusCode);

        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var second = await Receiver.StartAsync(_ => Task.CompletedTask);
        await using var first = await Receiver.StartAsync(context =>
        {
            context.Response.Redirect(second.Url.AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var host = SenderHost.OverSockets();

        var result = await host.SendAsync(Some.Endpoint(first.Url), Cancellation);

        Assert.Equal(WebhookErrorKind.Redirect, result.LastAttempt.Error);
        Assert.Equal(307, result.LastAttempt.StatusCode);
        Assert.Equal(second.Url.AbsoluteUri, result.LastAttempt.RedirectTarget);
        Assert.Equal(0, second.Connections);
    }

    [Theory]
    [InlineData("2.0", "HTTP/2")]
    [InlineData("1.1", "HTTP/1.1")]
    public async Task The_http_version_over_tls_is_the_one_asked_for(string version, string protocol)
    {
        await using var receiver = await Receiver.StartAsync(
            context => context.Response.WriteAsync(context.Request.Protocol),
            listen => listen.UseHttps(_certificates.Server));
        using var host = SenderHost.OverSockets(options =>
        {
            options.HttpVersion = Version.Parse(version);
            options.Network.TrustOnly(_certificates.Authorities);
        });

        var result = await host.SendAsync(Some.Endpoint(receiver.Url), Cancellation);

        Assert.Equal(protocol, result.LastAttempt.ResponseSnippet);
    }

    [Fact]
    public async Task Http_2_without_tls_can_be_had()
    {
        await using var receiver = await Receiver.StartAsync(
            context => context.Response.WriteAsync(context.Request.Protocol),
            listen => listen.Protocols = HttpProtocols.Http2);
        using var host = SenderHost.OverSockets(options =>
        {
            options.HttpVersion = HttpVersion.Version20;
            options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        });

        var result = await host.SendAsync(Some.Endpoint(receiver.Url), Cancellation);

        Assert.Equal("HTTP/2", result.LastAttempt.ResponseSnippet);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_by_its_endpoint_alone()
    {
        await using var receiver = await Receiver.StartAsync(
            context => context.Response.WriteAsync(context.Connection.ClientCertificate?.Thumbprint ?? "none"),
            listen => listen.UseHttps(_certificates.Server, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            }));
        using var host = SenderHost.OverSockets(options => options.Network.TrustOnly(_certificates.Authorities));
        var stranger = Some.Endpoint(receiver.Url);
        var known = stranger with { ClientCertificate = _certificates.Client };

        var shown = await host.SendAsync(known, Cancellation);
        var notShown = await host.SendAsync(stranger, Cancellation);

        Assert.Equal(_certificates.Client.Thumbprint, shown.LastAttempt.ResponseSnippet);
        Assert.Equal("none", notShown.LastAttempt.ResponseSnippet);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_a_tls_failure()
    {
        await using var receiver = await Receiver.StartAsync(
            _ => Task.CompletedTask, listen => listen.UseHttps(_certificates.Server));
        using var host = SenderHost.OverSockets();

        var result = await host.SendAsync(Some.Endpoint(receiver.Url), Cancellation);

        Assert.Equal(WebhookErrorKind.TlsFailure, result.LastAttempt.Error);
        Assert.NotNull(result.LastAttempt.ErrorMessage);
    }

    [Fact]
    public async Task The_guard_is_on_unless_it_is_opened()
    {
        await using var receiver = await Receiver.StartAsync(_ => Task.CompletedTask);
        using var host = SenderHost.OverSockets(options => options.Network.AllowPrivateNetworks = false);

        var result = await host.SendAsync(Some.Endpoint(receiver.Url), Cancellation);

        Assert.Equal(WebhookErrorKind.AddressRefused, result.LastAttempt.Error);
        Assert.Equal(0, receiver.Connections);
    }

    [Fact]
    public async Task A_url_that_is_refused_is_not_tried_again_and_a_name_that_leads_to_a_refused_address_is()
    {
        using var host = SenderHost.OverSockets(
            options => options.Network.AllowPrivateNetworks = false,
            Resolving(_ => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback])));
        var url = Some.Endpoint(new Uri("https://127.0.0.1/")) with { RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 3) };
        var name = Some.Endpoint() with { RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 3) };

        var refusedUrl = await host.SendAsync(url, Cancellation);
        var refusedAddress = await host.SendAsync(name, Cancellation);

        Assert.Equal(WebhookErrorKind.AddressRefused, Assert.Single(refusedUrl.Attempts).Error);
        Assert.Equal(3, refusedAddress.Attempts.Count(attempt => attempt.Error == WebhookErrorKind.AddressRefused));
    }

    [Fact]
    public async Task An_endpoints_own_policy_counts_instead_of_the_senders()
    {
        await using var receiver = await Receiver.StartAsync(_ => Task.CompletedTask);
        using var closed = SenderHost.OverSockets(options => options.Network.AllowPrivateNetworks = false);
        using var open = SenderHost.OverSockets();
        var allowed = Some.Endpoint(receiver.Url) with { Network = new(new() { AllowPrivateNetworks = true }) };
        var refused = Some.Endpoint(receiver.Url) with { Network = NetworkPolicy.Default };

        Assert.True((await closed.SendAsync(allowed, Cancellation)).Succeeded);
        Assert.True((await open.SendAsync(allowed, Cancellation)).Succeeded);
        Assert.Equal(WebhookErrorKind.AddressRefused, (await open.SendAsync(refused, Cancellation)).LastAttempt.Error);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses_the_connection()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var host = SenderHost.OverSockets();

        var result = await host.SendAsync(Some.Endpoint(new Uri($"http://{reserved.LocalEndPoint}/")), Cancellation);

        Assert.Equal(WebhookErrorKind.ConnectionRefused, result.LastAttempt.Error);
    }

    [Fact]
    public async Task Names_that_are_not_found_and_lookups_that_take_too_long_are_told_apart()
    {
        var endpoint = Some.Endpoint(new Uri("https://receiver.example.com/"));
        using var unknown = SenderHost.OverSockets(build: Resolving(_ => throw new SocketException((int)SocketError.HostNotFound)));
        using var silent = SenderHost.OverSockets(
            options => options.Network.ConnectTimeout = TimeSpan.FromMilliseconds(200),
            Resolving(async stop =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return [];
            }));

        Assert.Equal(WebhookErrorKind.NameResolution, (await unknown.SendAsync(endpoint, Cancellation)).LastAttempt.Error);
        Assert.Equal(WebhookErrorKind.ConnectTimeout, (await silent.SendAsync(endpoint, Cancellation)).LastAttempt.Error);
    }

    [Fact]
    public async Task The_caller_can_cancel_an_attempt_under_way()
    {
        using var cancellation = new CancellationTokenSource();
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var host = SenderHost.OverSockets();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.SendAsync(Some.Endpoint(receiver.Url), cancellation.Token));

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 209);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Action<WebhookSenderBuilder> Resolving(
        Func<CancellationToken, Task<IReadOnlyList<IPAddress>>> resolveAsync)
        => builder => builder.Services.AddSingleton<NetworkResolver>(new ScriptedResolver(resolveAsync));

    private static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new ReceivedRequest(
            The.Url,
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray(),
            TimeProvider.System.GetUtcNow());
    }

    private sealed class ScriptedResolver(Func<CancellationToken, Task<IReadOnlyList<IPAddress>>> resolveAsync)
        : NetworkResolver
    {
        public override async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(
            string host, CancellationToken cancellationToken) => await resolveAsync(cancellationToken);
    }
}
