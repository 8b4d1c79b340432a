using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Webhooks.Tests.Attempts;

/// <summary>What sending decides, on fake time and without sockets.</summary>
public sealed class SendingTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _clock = new(The.Now);

    [Fact]
    public async Task A_message_is_posted_with_its_bytes_and_a_signature_over_them()
    {
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);
        var message = Some.Message() with { Headers = new Dictionary<string, string> { ["X-Both"] = "message" } };
        var endpoint = Some.Endpoint() with
        {
            Headers = new Dictionary<string, string> { ["x-both"] = "endpoint", ["X-Tenant"] = "acme" },
        };

        var result = await host.Sender.SendAsync(message, endpoint, TestContext.Current.CancellationToken);

        Assert.Equal(WebhookSendStatus.Succeeded, result.Status);
        Assert.Equal(204, Assert.Single(result.Attempts).StatusCode);
        var request = Assert.Single(receiver.Requests);
        Assert.Equal(message.Payload.ToArray(), request.Body);
        Assert.Equal("application/json", request["Content-Type"]);
        Assert.Equal(message.Id.Value, request["webhook-id"]);
        Assert.Equal("message", request["X-Both"]);
        Assert.Equal("acme", request["X-Tenant"]);
        Assert.StartsWith("Webhooks/", request["User-Agent"], StringComparison.Ordinal);
        Assert.True(request.Verify(SignatureSchemes.StandardWebhooks, The.SigningSecret).IsVerified);
    }

    [Fact]
    public async Task Every_attempt_has_the_same_id_and_a_fresh_timestamp_and_signature()
    {
        var receiver = Receiver(ScriptedReceiver.Answer(503), ScriptedReceiver.Answer(500), ScriptedReceiver.Answer(200));
        using var host = SenderHost.Over(receiver, _clock);

        var sending = host.SendAsync(Some.Endpoint(RetryPolicy.Fixed(TimeSpan.FromMinutes(10), 5)), Cancellation);
        await AdvanceToAttemptAsync(receiver, 2, TimeSpan.FromMinutes(10));
        await AdvanceToAttemptAsync(receiver, 3, TimeSpan.FromMinutes(10));
        var result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal([503, 500, 200], result.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal([1, 2, 3], result.Attempts.Select(attempt => attempt.Number));
        Assert.Equal([true, false, false], result.Attempts.Select(attempt => attempt.IsOverload));
        Assert.Equal(The.Now.AddMinutes(20), result.LastAttempt.StartedAt);
        Assert.Single(receiver.Requests.Select(request => request["webhook-id"]).Distinct());
        Assert.Equal(3, receiver.Requests.Select(request => request["webhook-timestamp"]).Distinct().Count());
        Assert.All(
            receiver.Requests,
            request => Assert.True(request.Verify(SignatureSchemes.StandardWebhooks, The.SigningSecret).IsVerified));
    }

    [Fact]
    public async Task The_default_schedule_makes_its_tenth_attempt_and_no_eleventh()
    {
        var receiver = Receiver(ScriptedReceiver.Answer(500));
        using var host = SenderHost.Over(receiver, _clock);

        var sending = host.SendAsync(Some.Endpoint(), Cancellation);
        foreach (var (seconds, attempt) in new[] { 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400 }.Zip(Enumerable.Range(2, 9)))
            await AdvanceToAttemptAsync(receiver, attempt, TimeSpan.FromSeconds(seconds));
        var result = await sending;

        Assert.Equal(WebhookSendStatus.Failed, result.Status);
        Assert.Equal(10, result.Attempts.Count);
        Assert.Equal(TimeSpan.FromSeconds(272105), result.LastAttempt.StartedAt - The.Now);
        Assert.False(result.ShouldDisableEndpoint);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("3", 10)]
    [InlineData("Mon, 23 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("999999", 3600)]
    [InlineData("soon", 10)]
    public async Task Retry_After_delays_and_never_hastens(string retryAfter, int seconds)
    {
        var receiver = Receiver(ScriptedReceiver.Answer(400, ("Retry-After", retryAfter)), ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock, options => options.MaxRetryAfter = TimeSpan.FromHours(1));

        var sending = host.SendAsync(Some.Endpoint(RetryPolicy.Fixed(TimeSpan.FromSeconds(10), 2)), Cancellation);
        await AdvanceToAttemptAsync(receiver, 2, TimeSpan.FromSeconds(seconds));

        Assert.True((await sending).Succeeded);
    }

    [Theory]
    [InlineData(410, null, WebhookSendStatus.Aborted, true)]
    [InlineData(500, "disable", WebhookSendStatus.Aborted, true)]
    [InlineData(200, "disable", WebhookSendStatus.Succeeded, true)]
    [InlineData(500, " Abort-Message ", WebhookSendStatus.Aborted, false)]
    [InlineData(200, "abort-message", WebhookSendStatus.Succeeded, false)]
    [InlineData(500, "abort-message, disable", WebhookSendStatus.Aborted, true)]
    public async Task A_receiver_can_end_the_attempts(int status, string? directive, WebhookSendStatus expected, bool disable)
    {
        var receiver = Receiver(Directive(status, directive));
        using var host = SenderHost.Over(receiver, _clock);

        var result = await host.SendAsync(Some.Endpoint(), Cancellation);

        Assert.Equal(expected, result.Status);
        Assert.Equal(disable, result.ShouldDisableEndpoint);
        Assert.Single(receiver.Requests);
    }

    [Theory]
    [InlineData("disable", false)]
    [InlineData("unknown", true)]
    public async Task A_delivery_header_that_is_turned_off_or_unknown_changes_nothing(string directive, bool honor)
    {
        var receiver = Receiver(Directive(500, directive), ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock, options => options.HonorDeliveryHeader = honor);

        var result = await host.SendAsync(Some.Endpoint(RetryPolicy.Fixed(TimeSpan.Zero, 2)), Cancellation);

        Assert.True(result.Succeeded);
        Assert.False(result.ShouldDisableEndpoint);
    }

    [Theory]
    [InlineData("https://user:pass@other.example.com:8443/login?token=1#x", "https://other.example.com:8443/login")]
    [InlineData("/login?next=/", "https://receiver.example.com/login")]
    [InlineData("http://[bad", null)]
    public async Task A_redirect_is_a_failure_that_says_where_it_pointed(string location, string? target)
    {
        using var host = SenderHost.Over(Receiver(ScriptedReceiver.Answer(302, ("Location", location))), _clock);

        var result = await host.SendAsync(Some.Endpoint(RetryPolicy.None), Cancellation);

        Assert.Equal(WebhookSendStatus.Failed, result.Status);
        Assert.Equal(WebhookErrorKind.Redirect, result.LastAttempt.Error);
        Assert.Equal(target, result.LastAttempt.RedirectTarget);
        var log = Assert.Single(host.Logs.GetSnapshot(), log => log.Id.Id == 201);
        Assert.Equal(target is null, log.GetStructuredStateValue("Detail") is null);
        Assert.DoesNotContain("login", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_throws_ends_the_send_as_failed_and_is_logged()
    {
        var policy = Substitute.For<RetryPolicy>();
        policy.MaxAttempts.Returns(10);
        policy.MaxTotalTime.Returns(TimeSpan.MaxValue);
        policy.Decide(Arg.Any<RetryContext>()).Throws(new DivideByZeroException());
        using var host = SenderHost.Over(Receiver(ScriptedReceiver.Answer(500)), _clock);

        var result = await host.SendAsync(Some.Endpoint(policy), Cancellation);

        Assert.Equal(WebhookSendStatus.Failed, result.Status);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 205 && log.Exception is DivideByZeroException);
    }

    [Fact]
    public async Task Another_signer_can_be_registered()
    {
        var signer = new ScriptedSigner(
            context => context.Headers.Write("X-Signed-By", $"kms {context.AttemptNumber}"));
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock, build: builder => builder.Services.AddSingleton<IWebhookSigner>(signer));

        await host.Sender.SendAsync(Some.Message(), new WebhookEndpoint(The.Url), Cancellation);

        Assert.Equal("kms 1", Assert.Single(receiver.Requests)["X-Signed-By"]);
    }

    [Fact]
    public async Task A_signer_that_throws_is_a_failed_attempt_that_is_tried_again()
    {
        var calls = 0;
        var signer = new ScriptedSigner(_ =>
        {
            if (++calls == 1)
                throw new IOException("the key service is away");
        });
        using var host = SenderHost.Over(
            Receiver(ScriptedReceiver.Answer()), _clock, build: builder => builder.Services.AddSingleton<IWebhookSigner>(signer));

        var result = await host.SendAsync(Some.Endpoint(RetryPolicy.Fixed(TimeSpan.Zero, 2)), Cancellation);

        Assert.True(result.Succeeded);
        Assert.Equal(WebhookErrorKind.SigningFailed, result.Attempts[0].Error);
        Assert.Contains(host.Logs.GetSnapshot(), log => log.Id.Id == 206 && log.Exception is IOException);
    }

    [Fact]
    public async Task Nothing_is_sent_unsigned()
    {
        var expired = The.SigningSecret.WithValidity(null, The.Now.AddDays(-1));
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);

        var none = await host.SendAsync(new WebhookEndpoint(The.Url) { RetryPolicy = RetryPolicy.None }, Cancellation);
        var old = await host.SendAsync(
            new WebhookEndpoint(The.Url, expired) { RetryPolicy = RetryPolicy.None }, Cancellation);

        Assert.Equal(WebhookErrorKind.SigningFailed, none.LastAttempt.Error);
        Assert.Equal(WebhookErrorKind.SigningFailed, old.LastAttempt.Error);
        Assert.Contains("standard", old.LastAttempt.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Two_schemes_sign_one_request_and_two_secrets_make_two_signatures()
    {
        var legacy = SigningSecret.FromText("It's a Secret to Everybody");
        var next = SigningSecret.Generate();
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);
        var endpoint = new WebhookEndpoint(
            The.Url,
            new EndpointSignature(SignatureSchemes.GitHub, legacy),
            new EndpointSignature(SignatureSchemes.StandardWebhooks, The.SigningSecret, next));

        await host.Sender.SendAsync(Some.Message(), endpoint, Cancellation);

        var request = Assert.Single(receiver.Requests);
        Assert.True(request.Verify(SignatureSchemes.GitHub, legacy).IsVerified);
        Assert.True(request.Verify(SignatureSchemes.StandardWebhooks, The.SigningSecret).IsVerified);
        Assert.True(request.Verify(SignatureSchemes.StandardWebhooks, next).IsVerified);
        Assert.Equal("invoice.paid", request["X-GitHub-Event"]);
    }

    [Fact]
    public async Task Schemes_that_share_the_standard_headers_join_their_signatures()
    {
        var standard = (HmacSignatureScheme)SignatureSchemes.StandardWebhooks;
        var sibling = new HmacSignatureScheme("sibling", standard.Layout, secretFormat: SecretFormat.WebhookSecret);
        var other = SigningSecret.Generate();
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);
        var endpoint = new WebhookEndpoint(
            The.Url, new EndpointSignature(standard, The.SigningSecret), new EndpointSignature(sibling, other));

        await host.Sender.SendAsync(Some.Message(), endpoint, Cancellation);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(2, request["webhook-signature"].Split(' ').Length);
        Assert.True(request.Verify(standard, The.SigningSecret).IsVerified);
        Assert.True(request.Verify(sibling, other).IsVerified);
    }

    [Fact]
    public async Task A_message_that_claims_a_header_of_the_signature_is_not_sent_and_not_tried_again()
    {
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);
        var message = Some.Message() with
        {
            Headers = new Dictionary<string, string> { ["X-Hub-Signature-256"] = "sha256=00" },
        };
        var endpoint = new WebhookEndpoint(
            The.Url, new EndpointSignature(SignatureSchemes.GitHub, SigningSecret.FromText("It's a Secret to Everybody")));

        var result = await host.Sender.SendAsync(message, endpoint, Cancellation);

        Assert.Equal(WebhookErrorKind.RequestInvalid, Assert.Single(result.Attempts).Error);
        Assert.Contains("X-Hub-Signature-256", result.LastAttempt.ErrorMessage, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_message_that_claims_the_header_of_the_credentials_is_not_sent()
    {
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock);
        var message = Some.Message() with { Headers = new Dictionary<string, string> { ["x-api-key"] = "mine" } };
        var endpoint = Some.Endpoint() with { Authorization = WebhookAuthorization.ApiKey("X-Api-Key", "theirs") };

        var result = await host.Sender.SendAsync(message, endpoint, Cancellation);

        Assert.Equal(WebhookErrorKind.RequestInvalid, Assert.Single(result.Attempts).Error);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("X-Signed", "a\r\nX-Injected: 1")]
    [InlineData("X Signed", "a")]
    public async Task A_signer_cannot_inject_a_header(string name, string value)
    {
        var signer = new ScriptedSigner(context => context.Headers.Write(name, value));
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock, build: builder => builder.Services.AddSingleton<IWebhookSigner>(signer));

        var result = await host.SendAsync(Some.Endpoint(RetryPolicy.None), Cancellation);

        Assert.Equal(WebhookErrorKind.SigningFailed, result.LastAttempt.Error);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Delegating_handlers_of_the_user_see_the_request()
    {
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(
            receiver,
            _clock,
            build: builder =>
            {
                builder.HttpClient.AddHttpMessageHandler(() => new AddsHeader());
                builder.Services.AddWebhookSender();
            });

        await host.SendAsync(Some.Endpoint(RetryPolicy.None), Cancellation);

        Assert.Equal("yes", Assert.Single(receiver.Requests)["X-Added"]);
    }

    [Fact]
    public async Task Handlers_meant_for_all_clients_do_not_see_webhooks()
    {
        var receiver = Receiver(ScriptedReceiver.Answer());
        using var host = SenderHost.Over(receiver, _clock, build: builder => builder.Services.ConfigureHttpClientDefaults(
            client => client.AddHttpMessageHandler(() => new AddsHeader())));

        await host.SendAsync(Some.Endpoint(), Cancellation);

        Assert.DoesNotContain("X-Added", Assert.Single(receiver.Requests).Headers.Keys);
    }

    [Fact]
    public async Task The_caller_can_cancel_before_sending_and_while_waiting()
    {
        var receiver = Receiver(ScriptedReceiver.Answer(500));
        using var host = SenderHost.Over(receiver, _clock);
        using var cancellation = new CancellationTokenSource();

        var waiting = host.SendAsync(Some.Endpoint(), cancellation.Token);
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.SendAsync(Some.Endpoint(), cancellation.Token));

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Single(receiver.Requests);
        Assert.Single(host.Logs.GetSnapshot(), log => log.Id.Id == 209);
    }

    [Fact]
    public async Task Null_arguments_are_refused()
    {
        using var host = SenderHost.Over(Receiver(ScriptedReceiver.Answer()), _clock);

        await Assert.ThrowsAsync<ArgumentNullException>(() => host.Sender.SendAsync(null!, Some.Endpoint(), Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(() => host.Sender.SendAsync(Some.Message(), null!, Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScriptedReceiver Receiver(params Func<HttpRequestMessage, HttpResponseMessage>[] answers)
        => new(_clock, answers);

    private static Func<HttpRequestMessage, HttpResponseMessage> Directive(int status, string? directive)
        => directive is null
            ? ScriptedReceiver.Answer(status)
            : ScriptedReceiver.Answer(status, ("webhook-delivery", directive));

    // A moment before the time nothing may have happened, and at the time it must.
    private async Task AdvanceToAttemptAsync(ScriptedReceiver receiver, int attempt, TimeSpan wait)
    {
        await Waiting.UntilAsync(() => receiver.Requests.Count == attempt - 1);
        _clock.Advance(wait - Tick);
        Assert.Equal(attempt - 1, receiver.Requests.Count);
        _clock.Advance(Tick);
        await Waiting.UntilAsync(() => receiver.Requests.Count == attempt);
    }

    private sealed class AddsHeader : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Added", "yes");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
