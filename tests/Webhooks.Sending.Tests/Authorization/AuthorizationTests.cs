using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Authorization;

public sealed class AuthorizationTests
{
    private const string Secret = "marker-77e1";

    private readonly FakeTimeProvider _clock = new(The.Now);

    [Fact]
    public async Task Credentials_go_out_in_their_header()
    {
        Assert.Equal("k1", await HeaderOfAsync(WebhookAuthorization.ApiKey("X-Api-Key", "k1"), "X-Api-Key"));
        Assert.Equal("Bearer abc", await HeaderOfAsync(WebhookAuthorization.Bearer("abc"), "Authorization"));
        Assert.Equal("Basic dTpww6Q6", await HeaderOfAsync(WebhookAuthorization.Basic("u", "pä:"), "Authorization"));
    }

    [Fact]
    public void Credentials_that_cannot_be_sent_are_refused_without_being_shown()
    {
        Action[] attempts =
        [
            () => WebhookAuthorization.ApiKey("X-Api-Key", Secret + "\r\nX-Injected: 1"),
            () => WebhookAuthorization.ApiKey("X-Api-Key", Secret + "é"),
            () => WebhookAuthorization.ApiKey("X-Api-Key", ""),
            () => WebhookAuthorization.ApiKey("Host", Secret),
            () => WebhookAuthorization.ApiKey("webhook-signature", Secret),
            () => WebhookAuthorization.ApiKey("X Api Key", Secret),
            () => WebhookAuthorization.Bearer(Secret + " x"),
            () => WebhookAuthorization.Bearer(""),
            () => WebhookAuthorization.Basic(Secret + ":", Secret),
            () => WebhookAuthorization.Basic(Secret, Secret + "\n"),
        ];

        Assert.All(attempts, attempt => Assert.DoesNotContain(
            Secret, Assert.ThrowsAny<ArgumentException>(attempt).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Credentials_are_not_shown()
    {
        WebhookAuthorization[] all =
        [
            WebhookAuthorization.ApiKey("X-Api-Key", Secret),
            WebhookAuthorization.Bearer(Secret),
            WebhookAuthorization.Basic("user", Secret),
            WebhookAuthorization.OAuthClientCredentials(new(The.Url, "client", Secret)),
        ];

        Assert.All(all, authorization =>
        {
            Assert.Contains("redacted", authorization.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, authorization.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_authorization_of_ones_own_that_throws_is_a_failed_attempt()
    {
        using var host = SenderHost.Over(new ScriptedReceiver(_clock, ScriptedReceiver.Answer()), _clock);
        var endpoint = Some.Endpoint(RetryPolicy.None) with { Authorization = new Broken() };

        var result = await host.SendAsync(endpoint, TestContext.Current.CancellationToken);

        Assert.Equal(WebhookErrorKind.AuthorizationFailed, result.LastAttempt.Error);
        Assert.DoesNotContain(Secret, result.LastAttempt.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 207);
    }

    [Fact]
    public void An_authorization_of_ones_own_cannot_take_a_reserved_header()
        => Assert.Throws<ArgumentException>(() => Some.Endpoint() with { Authorization = new Broken("Host") });

    private async Task<string> HeaderOfAsync(WebhookAuthorization authorization, string header)
    {
        var receiver = new ScriptedReceiver(_clock, ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);
        await host.SendAsync(
            Some.Endpoint() with { Authorization = authorization }, TestContext.Current.CancellationToken);
        return Assert.Single(receiver.Requests)[header];
    }

    private sealed class Broken(string header = "X-Token") : WebhookAuthorization
    {
        public override string HeaderName => header;

        public override ValueTask<string> GetHeaderValueAsync(
            WebhookAuthorizationContext context, CancellationToken cancellationToken)
            => throw new InvalidOperationException(Secret);
    }
}
