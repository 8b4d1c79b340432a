using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Webhooks;

public class ConfigurationTests
{
    [Fact]
    public async Task Every_setting_can_be_given_by_configuration()
    {
        await using var receiver = await StartAsync(Settings(new()
        {
            ["Sources:billing:Scheme"] = "GitHub",
            ["Sources:billing:Secrets:0"] = "a raw text",
            ["Sources:billing:Secrets:1"] = "another",
            ["Sources:billing:MaxBodySize"] = "4",
            ["Sources:billing:BodyTimeout"] = "00:00:10",
            ["Sources:billing:Tolerance"] = "00:01:00",
            ["Sources:billing:Methods:0"] = "PUT",
            ["Sources:billing:ContentTypes:0"] = "text/plain",
            ["Sources:billing:AllowedNetworks:0"] = "::1",
            ["Sources:billing:AllowedNetworks:1"] = "127.0.0.0/8",
            ["Sources:billing:ApiKeyHeader"] = "X-Key",
            ["Sources:billing:ApiKeys:0"] = "key",
            ["Sources:billing:BearerTokens:0"] = "token",
            ["Sources:billing:BasicCredentials:0:UserName"] = "user",
            ["Sources:billing:BasicCredentials:0:Password"] = "pass",
            ["Sources:billing:PathPrefix"] = "/other/",
            ["Sources:billing:PublicUrl"] = "https://example.com/",
        }));
        receiver.Services.GetRequiredService<WebhookSources>().TryFind("BILLING", out var slot);

        var source = slot!.Current!;

        Assert.Same(SignatureSchemes.GitHub, source.Scheme);
        Assert.Equal(2, source.Secrets.Count);
        Assert.Equal((4, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)), (source.MaxBodySize, source.BodyTimeout, source.Tolerance));
        Assert.Equal(["PUT"], source.Methods);
        Assert.Equal(["text/plain"], source.ContentTypes);
        Assert.True(source.Callers!.FindRefusal(IPAddress.IPv6Loopback) is null && source.Callers.FindRefusal(IPAddress.Loopback) is null);
        Assert.True(source.Credentials!.Accept(new HeaderDictionary { ["X-Key"] = "key" }));
        Assert.True(source.Credentials.Accept(new HeaderDictionary { ["Authorization"] = "Bearer token" }));
        Assert.True(source.Credentials.Accept(new HeaderDictionary { ["Authorization"] = "Basic dXNlcjpwYXNz" }));
        Assert.Equal(("/other", "https://example.com"), (source.PathPrefix, source.PublicUrl));
    }

    [Fact]
    public async Task What_holds_for_every_source_gives_way_to_what_a_source_says()
    {
        await using var receiver = await StartAsync(Settings(new()
        {
            ["MaxBodySize"] = "10",
            ["BodyTimeout"] = "00:00:10",
            ["Tolerance"] = "00:01:00",
            ["Unrelated"] = "passes",
            ["Sources:billing:Secrets:0"] = The.SecretText,
            ["Sources:code:Secrets:0"] = The.SecretText,
            ["Sources:code:MaxBodySize"] = "20",
        }));
        var sources = receiver.Services.GetRequiredService<WebhookSources>();
        sources.TryFind("billing", out var billing);
        sources.TryFind("code", out var code);

        Assert.Equal((10, 20), (billing!.Current!.MaxBodySize, code!.Current!.MaxBodySize));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)), (code.Current.BodyTimeout, code.Current.Tolerance));
    }

    [Fact]
    public async Task Configuration_can_name_a_scheme_that_the_application_added()
    {
        var scheme = new HmacSignatureScheme("acme", new SignatureLayout { SignatureHeader = "X-Acme", SignedContent = "{body}" });
        var configuration = Settings(new()
        {
            ["Sources:billing:Scheme"] = "ACME",
            ["Sources:billing:Secrets:0"] = "a raw text",
        });
        await using var receiver = await Receiver.StartAsync(
            sources: builder => builder.AddScheme(scheme),
            configure: builder => builder.Services.AddWebhookVerification(configuration));

        var status = await receiver.StatusOfAsync(Some.Webhook(secret: scheme.ParseSecret("a raw text"), scheme: scheme));

        Assert.Equal(HttpStatusCode.NoContent, status);
    }

    [Fact]
    public async Task A_secret_rotated_in_configuration_is_used_without_a_restart()
    {
        var (old, rotated) = (Some.SecretText(), Some.SecretText());
        var configuration = Settings(new() { ["Sources:Billing:Secrets:0"] = old });
        await using var receiver = await StartAsync(configuration);
        var before = await StatusesAsync(receiver, old, rotated);

        configuration["Sources:Billing:Secrets:1"] = rotated;
        configuration.Reload();
        var between = await StatusesAsync(receiver, old, rotated);
        configuration["Sources:Billing:Secrets:0"] = rotated;
        configuration.Reload();
        var after = await StatusesAsync(receiver, old, rotated);

        Assert.Equal((204, 401), before);
        Assert.Equal((204, 204), between);
        Assert.Equal((401, 204), after);
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 506);
    }

    [Fact]
    public async Task A_reload_that_makes_no_sense_closes_the_source_until_it_is_mended()
    {
        var secret = Some.SecretText();
        var configuration = Settings(new() { ["Sources:billing:Secrets:0"] = secret, ["Sources:billing:PathPrefix"] = "/below" });
        await using var receiver = await StartAsync(configuration);

        configuration["Sources:billing:Secrets:0"] = "whsec_slip";
        configuration["Sources:billing:PathPrefix"] = null;
        configuration.Reload();
        var closed = (await StatusesAsync(receiver, secret, secret)).Old;
        var below = await receiver.StatusOfAsync(Some.Webhook(path: "/below/open"));
        configuration["Sources:billing:Secrets:0"] = secret;
        configuration.Reload();
        var mended = (await StatusesAsync(receiver, secret, secret)).Old;

        Assert.Equal((503, 204), (closed, mended));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, below);
        var log = Assert.Single(receiver.Logs.GetSnapshot(), record => record.Id.Id == 504);
        Assert.Equal(LogLevel.Error, log.Level);
        Assert.Contains("Secrets[0]", log.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_slip", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_can_be_given_partly_in_code_and_partly_by_configuration()
    {
        var secret = Some.SecretText();
        var configuration = Settings(new() { ["Sources:BILLING:Secrets:0"] = secret });
        await using var receiver = await Receiver.StartAsync(
            sources: builder => builder.AddSource("billing", source => source.MaxBodySize = 1),
            configure: builder => builder.Services.AddWebhookVerification(configuration));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await receiver.StatusOfAsync(
            Some.Webhook(Encoding.UTF8.GetBytes("{}"), secret: SigningSecret.Parse(secret))));
        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(
            Some.Webhook(Encoding.UTF8.GetBytes("1"), secret: SigningSecret.Parse(secret))));
    }

    private static IConfigurationRoot Settings(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static Task<Receiver> StartAsync(IConfiguration configuration) => Receiver.StartAsync(
        sources: _ => { },
        configure: builder => builder.Services.AddWebhookVerification(configuration),
        map: (app, handler) =>
        {
            app.UseWebhookVerification();
            app.MapPost("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
            app.MapPost("/below/open", handler.ReadStreamAsync);
        });

    private static async Task<(int Old, int New)> StatusesAsync(Receiver receiver, string old, string rotated) => (
        (int)await receiver.StatusOfAsync(Some.Webhook(secret: SigningSecret.Parse(old))),
        (int)await receiver.StatusOfAsync(Some.Webhook(secret: SigningSecret.Parse(rotated))));
}
