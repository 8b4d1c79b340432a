using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Webhooks;

public class TransportTests
{
    [Theory]
    [InlineData("1.1", HttpProtocols.Http1)]
    [InlineData("2.0", HttpProtocols.Http2)]
    public async Task Webhooks_are_verified_over_tls_with_a_client_certificate(string version, HttpProtocols protocols)
    {
        using var certificate = SelfSigned();
        string? presented = null;
        await using var receiver = await Receiver.StartAsync(
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.MapPost("/hook", context =>
                {
                    presented = context.Connection.ClientCertificate?.Thumbprint;
                    return handler.ReadStreamAsync(context);
                }).RequireWebhookVerification("billing");
            },
            kestrel: server => server.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(certificate, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (client, _, _) => client.Thumbprint == certificate.Thumbprint;
                });
            }),
            configure: builder => builder.WebHost.UseKestrelHttpsConfiguration());
        using var client = ClientWith(certificate, receiver.Address);
        var body = Some.Body(300_000);
        var (signed, forged) = (Some.Webhook(body), Some.Webhook(body, secret: SigningSecret.Generate()));
        foreach (var request in new[] { signed, forged })
            (request.Version, request.VersionPolicy) = (Version.Parse(version), HttpVersionPolicy.RequestVersionExact);

        using var accepted = await client.SendAsync(signed, TestContext.Current.CancellationToken);
        using var refused = await client.SendAsync(forged, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Unauthorized), (accepted.StatusCode, refused.StatusCode));
        Assert.Equal(certificate.Thumbprint, presented);
        Assert.Equal(body, Assert.Single(receiver.Handled));
    }

    [Fact]
    public async Task Many_streams_of_one_http_2_connection_do_not_mix_their_bodies()
    {
        await using var receiver = await Receiver.OnKestrelAsync(protocols: HttpProtocols.Http2);
        var bodies = Enumerable.Range(0, 40).Select(index => Some.Body(1 + (index * 9000))).ToList();

        var statuses = await Task.WhenAll(bodies.Select(body =>
        {
            var request = Some.Webhook(body);
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            return receiver.StatusOfAsync(request);
        }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.NoContent, status));
        Assert.Equal(bodies.Select(Convert.ToHexString).Order(), receiver.Handled.Select(Convert.ToHexString).Order());
    }

    private static HttpClient ClientWith(X509Certificate2 certificate, Uri address)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.ClientCertificates = [certificate];
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, server, _, _) => server?.GetCertHashString() == certificate.GetCertHashString();
        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{address.Port}") };
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
