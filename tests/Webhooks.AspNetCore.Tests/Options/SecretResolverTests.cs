using System.Net;
using Microsoft.Extensions.Logging;

namespace Webhooks;

public class SecretResolverTests
{
    private static readonly Dictionary<string, SigningSecret> Tenants = new()
    {
        ["acme"] = SigningSecret.Generate(),
        ["globex"] = SigningSecret.Generate(),
    };

    [Theory]
    [InlineData("/tenants/acme", "acme", HttpStatusCode.NoContent)]
    [InlineData("/tenants/globex", "globex", HttpStatusCode.NoContent)]
    [InlineData("/tenants/globex", "acme", HttpStatusCode.Unauthorized)]
    [InlineData("/tenants/nobody", "acme", HttpStatusCode.Unauthorized)]
    public async Task Each_tenant_has_secrets_of_its_own(string path, string signer, HttpStatusCode expected)
    {
        await using var receiver = await StartAsync(async (context, cancellationToken) =>
        {
            await Task.Yield();
            Assert.Equal("billing", context.Source);
            Assert.Same(SignatureSchemes.StandardWebhooks, context.Scheme);
            return Tenants.TryGetValue((string)context.RouteValues["tenant"]!, out var secret) ? [secret] : [];
        });

        var status = await receiver.StatusOfAsync(Some.Webhook(path: path, secret: Tenants[signer]));

        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.NoContent ? 1 : 0, receiver.Handled.Count);
    }

    [Fact]
    public async Task A_tenant_that_does_not_exist_looks_to_a_stranger_like_a_wrong_signature()
    {
        await using var receiver = await StartAsync((context, _) =>
            ValueTask.FromResult<IReadOnlyList<SigningSecret>>(context.RouteValues["tenant"] is "acme" ? [Tenants["acme"]] : null!));

        using var unknown = await receiver.SendAsync(Some.Webhook(path: "/tenants/nobody"));
        using var forged = await receiver.SendAsync(Some.Webhook(path: "/tenants/acme"));

        Assert.Equal(await DescribeAsync(forged), await DescribeAsync(unknown));
        Assert.Contains(receiver.LogTexts, text => text.Contains("no_secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resolver_that_fails_asks_the_sender_to_try_again_and_tells_the_operator_why()
    {
        await using var receiver = await StartAsync((_, _) => throw new TimeoutException("vault"));

        using var response = await receiver.SendAsync(Some.Webhook(path: "/tenants/acme"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.DoesNotContain("vault", await DescribeAsync(response), StringComparison.Ordinal);
        Assert.Empty(receiver.Handled);
        var log = Assert.Single(receiver.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        Assert.Equal((503, "vault"), (log.Id.Id, log.Exception!.Message));
    }

    [Fact]
    public async Task A_secret_that_the_scheme_can_not_use_lets_nothing_pass()
    {
        var disposed = SigningSecret.Generate();
        disposed.Dispose();
        await using var receiver = await StartAsync((_, _) =>
            ValueTask.FromResult<IReadOnlyList<SigningSecret>>([disposed]));

        var status = (int)await receiver.StatusOfAsync(Some.Webhook(path: "/tenants/acme"));

        Assert.Contains(status, new[] { 401, 500 });
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task Secrets_are_not_looked_up_for_requests_that_are_refused_anyway()
    {
        var lookups = 0;
        await using var receiver = await StartAsync((_, _) =>
        {
            lookups++;
            return ValueTask.FromResult<IReadOnlyList<SigningSecret>>([Tenants["acme"]]);
        });

        await receiver.StatusOfAsync(Some.Webhook(path: "/tenants/acme").Without("Content-Type"));
        await receiver.StatusOfAsync(Some.Webhook(new byte[2_000_000], path: "/tenants/acme"));

        Assert.Equal(0, lookups);
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage response) =>
        $"{response}{await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";

    private static Task<Receiver> StartAsync(
        Func<WebhookSecretContext, CancellationToken, ValueTask<IReadOnlyList<SigningSecret>>> resolver) => Receiver.StartAsync(
            sources: builder => builder.AddSource("billing", source => source.UseSecrets(resolver)),
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.MapPost("/tenants/{tenant}", handler.ReadStreamAsync).RequireWebhookVerification("billing");
            });
}
