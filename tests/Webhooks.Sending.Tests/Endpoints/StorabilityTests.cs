using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Tests.Endpoints;

/// <summary>What can't be stored is refused with the way to do it.</summary>
public sealed class StorabilityTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly HmacSignatureScheme Acme =
        new("acme", new SignatureLayout { SignatureHeader = "X-Acme-Signature" });

    private readonly PublishHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Code_and_objects_of_the_process_are_refused_by_name()
    {
        using var certificate = Certificate();

        await AssertRefusedAsync(Some.Endpoint() with { Network = NetworkPolicy.Default }, "Network");
        await AssertRefusedAsync(Some.Endpoint() with { ClientCertificate = certificate }, "ClientCertificate");
        await AssertRefusedAsync(Some.Endpoint() with { RetryPolicy = new OwnPolicy() }, "RetryPolicy");
        await AssertRefusedAsync(Some.Endpoint() with { RetryPolicy = new OwnPolicy().WithLimits(2) }, "RetryPolicy");
        await AssertRefusedAsync(Some.Endpoint() with { Authorization = new OwnAuthorization() }, "Authorization");
    }

    [Fact]
    public async Task What_could_not_be_stored_can_be_attached_on_loading()
    {
        using var certificate = Certificate();
        var policy = new OwnPolicy();
        using var host = new PublishHost(configure: options => options.PrepareEndpoint = endpoint => endpoint with
        {
            ClientCertificate = certificate,
            RetryPolicy = policy,
            Authorization = new OwnAuthorization(),
        });

        var created = await host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        Assert.True(host.Directory.Current.TryFind(created.Id, out var entry));
        Assert.Same(certificate, entry.Endpoint.ClientCertificate);
        Assert.Same(policy, entry.Endpoint.RetryPolicy);
        Assert.Null(created.Endpoint.ClientCertificate);
    }

    [Fact]
    public async Task A_scheme_of_ones_own_is_stored_once_it_is_known()
    {
        var endpoint = new WebhookEndpoint(The.Url, new EndpointSignature(Acme, SigningSecret.FromText("acme")));
        using var host = new PublishHost(configure: options => options.SignatureSchemes.Add(Acme));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _host.Endpoints.CreateAsync(endpoint, Cancel));
        var created = await host.Endpoints.CreateAsync(endpoint, Cancel);

        Assert.Contains("'acme'", error.Message, StringComparison.Ordinal);
        Assert.Contains("WebhookSenderOptions.SignatureSchemes", error.Message, StringComparison.Ordinal);
        Assert.Same(Acme, created.Endpoint.Signatures[0].Scheme);
    }

    [Fact]
    public async Task A_scheme_that_only_has_the_name_of_a_known_one_is_refused()
    {
        var imposter = new HmacSignatureScheme("github", new SignatureLayout { SignatureHeader = "X-Other" });
        var endpoint = new WebhookEndpoint(The.Url, new EndpointSignature(imposter, SigningSecret.FromText("x")));

        await Assert.ThrowsAsync<ArgumentException>(() => _host.Endpoints.CreateAsync(endpoint, Cancel));
    }

    [Fact]
    public async Task A_node_that_does_not_know_the_scheme_says_so_and_still_lists_and_deletes_the_endpoint()
    {
        using var host = new PublishHost(_host.Store, options => options.SignatureSchemes.Add(Acme));
        var created = await host.Endpoints.CreateAsync(
            new WebhookEndpoint(The.Url, new EndpointSignature(Acme, SigningSecret.FromText("acme"))), Cancel);

        var listed = Assert.Single((await _host.Endpoints.FindAsync(new EndpointQuery(), Cancel)).Items);

        Assert.Equal(created.Id, listed.Id);
        var error = Assert.Throws<InvalidOperationException>(() => listed.Endpoint);
        Assert.Contains("'acme' isn't known here", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _host.Publisher.PublishAsync(Some.Message(), Cancel)).DeliveryCount);
        Assert.True(await _host.Endpoints.DeleteAsync(listed.Id, Cancel));
    }

    [Fact]
    public async Task An_endpoint_that_would_take_too_much_room_is_refused()
    {
        var secrets = Enumerable.Range(0, 100).Select(number => SigningSecret.FromText(number + new string('x', 4000)));
        var endpoint = new WebhookEndpoint(The.Url, new EndpointSignature(SignatureSchemes.GitHub, secrets));

        await Assert.ThrowsAsync<ArgumentException>(() => _host.Endpoints.CreateAsync(endpoint, Cancel));
    }

    private async Task AssertRefusedAsync(WebhookEndpoint endpoint, string property)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _host.Endpoints.CreateAsync(endpoint, Cancel));

        Assert.Contains(property, error.Message, StringComparison.Ordinal);
        Assert.Contains("WebhookSenderOptions.PrepareEndpoint", error.Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256).CreateSelfSigned(The.Now, The.Now.AddDays(1));
    }

    private sealed class OwnPolicy : RetryPolicy
    {
        public override RetryDecision Decide(RetryContext context) => RetryDecision.Stop;
    }

    private sealed class OwnAuthorization : WebhookAuthorization
    {
        public override ValueTask<string> GetHeaderValueAsync(
            WebhookAuthorizationContext context, CancellationToken cancellationToken) => new("x");
    }
}
