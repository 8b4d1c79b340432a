using System.Security.Cryptography;

namespace Webhooks.Tests.Endpoints;

public sealed class SecretRotationTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly PublishHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_old_secret_signs_along_until_the_overlap_ends()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint() with { Description = "kept" }, Cancel);

        var rotated = await _host.Endpoints.RotateSecretAsync(
            created.Id, new SecretRotation { Overlap = TimeSpan.FromHours(6) }, Cancel);

        var secrets = Assert.Single(rotated.Endpoint.Signatures).Secrets;
        Assert.Equal(2, secrets.Count);
        Assert.Equal(The.SecretText, secrets[0].Reveal());
        Assert.True(secrets[0].IsActive(The.Now.AddHours(6).AddTicks(-1)));
        Assert.False(secrets[0].IsActive(The.Now.AddHours(6)));
        Assert.StartsWith("whsec_", secrets[1].Reveal(), StringComparison.Ordinal);
        Assert.True(secrets[1].IsActive(The.Now));
        Assert.Null(secrets[1].ValidUntil);
        Assert.Equal("kept", rotated.Endpoint.Description);
    }

    [Fact]
    public async Task The_overlap_is_a_day_unless_said_and_may_be_none()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        var usual = await _host.Endpoints.RotateSecretAsync(created.Id, cancellationToken: Cancel);
        var atOnce = await _host.Endpoints.RotateSecretAsync(
            created.Id, new SecretRotation { Overlap = TimeSpan.Zero, NewSecret = The.SigningSecret }, Cancel);

        Assert.Equal(The.Now.AddDays(1), usual.Endpoint.Signatures[0].Secrets[0].ValidUntil);
        Assert.Equal(The.SecretText, Assert.Single(atOnce.Endpoint.Signatures[0].Secrets).Reveal());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecretRotation { Overlap = TimeSpan.FromTicks(-1) });
    }

    [Fact]
    public async Task Secrets_whose_time_is_over_are_dropped_and_no_overlap_is_made_longer()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await _host.Endpoints.RotateSecretAsync(created.Id, new SecretRotation { Overlap = TimeSpan.FromHours(1) }, Cancel);

        var early = await _host.Endpoints.RotateSecretAsync(created.Id, new SecretRotation { Overlap = TimeSpan.FromHours(5) }, Cancel);
        _host.Clock.Advance(TimeSpan.FromHours(2));
        var late = await _host.Endpoints.RotateSecretAsync(created.Id, new SecretRotation { Overlap = TimeSpan.FromHours(5) }, Cancel);

        Assert.Equal(
            [The.Now.AddHours(1), The.Now.AddHours(5), null],
            early.Endpoint.Signatures[0].Secrets.Select(secret => secret.ValidUntil));
        Assert.Equal(
            [The.Now.AddHours(5), The.Now.AddHours(7), null],
            late.Endpoint.Signatures[0].Secrets.Select(secret => secret.ValidUntil));
    }

    [Theory]
    [InlineData(SecretFormat.Text)]
    [InlineData(SecretFormat.Base64)]
    [InlineData(SecretFormat.Hex)]
    [InlineData(SecretFormat.WebhookSecret)]
    public async Task A_secret_made_at_random_has_the_form_of_the_one_it_follows(SecretFormat format)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var text = format == SecretFormat.Hex ? Convert.ToHexString(key) : Convert.ToBase64String(key);
        var created = await _host.Endpoints.CreateAsync(
            new WebhookEndpoint(The.Url, new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.Parse(text, format))), Cancel);

        var rotated = await _host.Endpoints.RotateSecretAsync(created.Id, cancellationToken: Cancel);

        var secret = rotated.Endpoint.Signatures[0].Secrets[1];
        Assert.Equal(format, secret.Format);
        Assert.True(secret.RevealKey().Length >= 32);
        Assert.NotEqual(secret.Reveal(), (await _host.Endpoints.RotateSecretAsync(created.Id, cancellationToken: Cancel))
            .Endpoint.Signatures[0].Secrets[2].Reveal());
    }

    [Fact]
    public async Task Of_several_signatures_the_one_is_changed_that_is_named()
    {
        var gitHub = new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.FromText("github"));
        var standard = new EndpointSignature(SignatureSchemes.StandardWebhooks, The.SigningSecret);
        var created = await _host.Endpoints.CreateAsync(new WebhookEndpoint(The.Url, standard, gitHub), Cancel);

        var rotated = await _host.Endpoints.RotateSecretAsync(created.Id, new SecretRotation { Scheme = "GitHub" }, Cancel);

        Assert.Equal([1, 2], rotated.Endpoint.Signatures.Select(signature => signature.Secrets.Count));
        await Assert.ThrowsAsync<ArgumentException>(() => _host.Endpoints.RotateSecretAsync(created.Id, cancellationToken: Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _host.Endpoints.RotateSecretAsync(created.Id, new SecretRotation { Scheme = "stripe" }, Cancel));
    }

    [Fact]
    public async Task Both_secrets_verify_during_the_overlap()
    {
        var created = await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        var rotated = await _host.Endpoints.RotateSecretAsync(created.Id, cancellationToken: Cancel);
        var headers = new HeaderSink();
        var signing = new SigningContext
        {
            MessageId = MessageId.New(),
            Timestamp = The.Now,
            EventType = "a",
            Url = "",
            Secrets = rotated.Endpoint.Signatures[0].Secrets,
        };

        SignatureSchemes.StandardWebhooks.Sign(signing, "{}"u8, headers);

        Assert.Equal(2, headers.Values["webhook-signature"].Split(' ').Length);
    }

    private sealed class HeaderSink : ISignatureHeaderWriter
    {
        public Dictionary<string, string> Values { get; } = [];

        public void Write(string name, string value) => Values[name] = value;
    }
}
