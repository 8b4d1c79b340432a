using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Tests.Network;

public sealed class TlsTests : IDisposable
{
    private const string Host = "hooks.example.com";

    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task Certificate_and_server_name_are_those_of_the_url()
    {
        using var certificate = _authority.IssueServer(Host);
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var client = CreateClient(Trusting());

        using var response = await Sending.PostAsync(client, $"https://{Host}:{server.Port}/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([Host], server.ServerNames);
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData("127.0.0.1")]
    public async Task A_certificate_for_another_name_is_refused(string name)
    {
        using var certificate = _authority.IssueServer(name);
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var client = CreateClient(Trusting());

        await AssertTlsFailureAsync(client, server);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.IssueServer(Host);
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var trusting = CreateClient(Trusting());
        using var usual = CreateClient(new NetworkPolicy(new NetworkOptions { AllowPrivateNetworks = true }));

        await AssertTlsFailureAsync(trusting, server);
        await AssertTlsFailureAsync(usual, server);
    }

    [Fact]
    public async Task A_certificate_that_is_not_for_servers_is_refused()
    {
        using var certificate = _authority.IssueClient(Host);
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var client = CreateClient(Trusting());

        await AssertTlsFailureAsync(client, server);
    }

    [Fact]
    public async Task The_issuer_a_certificate_points_to_is_not_fetched()
    {
        await using var victim = new RawServer();
        using var stranger = new TestAuthority();
        var issuer = new X509AuthorityInformationAccessExtension(null, [$"http://127.0.0.1:{victim.Port}/ca.crt"]);
        using var certificate = stranger.IssueServer(Host, issuer);
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var client = CreateClient(new NetworkPolicy(new NetworkOptions { AllowPrivateNetworks = true }));

        await AssertTlsFailureAsync(client, server);

        Assert.Equal(0, victim.Connections);
    }

    [Fact]
    public async Task A_host_header_cannot_change_the_name_that_is_checked()
    {
        using var certificate = _authority.IssueServer("other.example.com");
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var client = CreateClient(Trusting());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://{Host}:{server.Port}/");
        request.Headers.Host = "other.example.com";

        var refusal = await Assert.ThrowsAsync<NetworkRefusedException>(
            () => client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(NetworkOutcome.HostHeaderMismatch, refusal.Verdict.Outcome);
        Assert.Empty(server.ServerNames);
    }

    [Fact]
    public async Task Policies_and_client_certificates_never_share_a_connection()
    {
        using var certificate = _authority.IssueServer(Host);
        using var first = _authority.IssueClient("first");
        using var second = _authority.IssueClient("second");
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        var options = new NetworkOptions { AllowPrivateNetworks = true, AllowNat64 = true };
        var other = new NetworkPolicy(options.TrustOnly([_authority.Root]));
        using var client = new HttpMessageInvoker(
            new EndpointConnections(Trusting(), ScriptedResolver.Always("127.0.0.1"), TimeProvider.System));
        ConnectionKey?[] keys =
        [
            null, new(Trusting()), new(Trusting(), first), new(Trusting(), first), new(Trusting(), second),
            new(other), new(other, first),
        ];

        foreach (var key in keys)
            (await Sending.PostAsync(client, $"https://{Host}:{server.Port}/", key)).Dispose();

        var connections = server.Requests.Select(static request => request.Connection).ToArray();
        Assert.Equal(
            [null, null, first.Thumbprint, first.Thumbprint, second.Thumbprint, null, first.Thumbprint],
            server.Requests.Select(static request => request.ClientCertificate));
        Assert.Equal(connections[0], connections[1]);
        Assert.Equal(connections[2], connections[3]);
        Assert.Equal(5, connections.Distinct().Count());
    }

    [Fact]
    public async Task A_client_certificate_is_shown_by_the_public_handler_too()
    {
        using var certificate = _authority.IssueServer(Host);
        using var own = _authority.IssueClient("own");
        await using var server = await KestrelServer.StartAsync(certificate: certificate);
        using var client = new HttpMessageInvoker(
            new GuardedHttpHandler(Trusting(), own, ScriptedResolver.Always("127.0.0.1")));

        (await Sending.PostAsync(client, $"https://{Host}:{server.Port}/")).Dispose();

        Assert.Equal(own.Thumbprint, server.Requests.Single().ClientCertificate);
    }

    public void Dispose() => _authority.Dispose();

    private static async Task AssertTlsFailureAsync(HttpMessageInvoker client, KestrelServer server)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => Sending.PostAsync(client, $"https://{Host}:{server.Port}/"));

        Assert.IsType<AuthenticationException>(failure.InnerException);
        Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
        Assert.Empty(server.Requests);
    }

    private static HttpMessageInvoker CreateClient(NetworkPolicy policy) =>
        new(new GuardedHttpHandler(policy, resolver: ScriptedResolver.Always("127.0.0.1")));

    private NetworkPolicy Trusting() =>
        new(new NetworkOptions { AllowPrivateNetworks = true }.TrustOnly([_authority.Root]));
}
