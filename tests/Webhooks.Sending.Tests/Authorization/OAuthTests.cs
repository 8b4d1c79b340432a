using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using RichardSzalay.MockHttp;

namespace Webhooks.Tests.Authorization;

public sealed class OAuthTests : IDisposable
{
    private const string TokenUrl = "https://login.example.com/token";
    private const string ClientSecret = "s3cret:+/ marker";

    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly MockHttpMessageHandler _network = new();
    private readonly List<AuthenticationHeaderValue?> _shown = [];
    private Func<AuthenticationHeaderValue?, HttpStatusCode> _answer = _ => HttpStatusCode.NoContent;

    public OAuthTests() => _network.When(HttpMethod.Post, The.Url.AbsoluteUri).Respond(request =>
    {
        lock (_shown)
            _shown.Add(request.Headers.Authorization);
        return new HttpResponseMessage(_answer(request.Headers.Authorization));
    });

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task A_token_is_fetched_once_and_kept_until_shortly_before_it_expires()
    {
        var fetches = TokenEndpoint(number => Token($"t{number}", expiresIn: 600));
        using var host = SenderHost.Over(_network, _clock);
        var endpoint = Endpoint();

        await SendAsync(host, endpoint);
        _clock.Advance(TimeSpan.FromSeconds(539));
        await SendAsync(host, endpoint);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(host, endpoint);

        Assert.Equal(2, fetches());
        Assert.Equal(["Bearer t1", "Bearer t1", "Bearer t2"], _shown.Select(header => header?.ToString()));
    }

    [Theory]
    [InlineData("\"expires_in\":\"600\"", 540)]
    [InlineData("\"expires_in\":10", 9)]
    [InlineData("\"expires_in\":1e300", 86340)]
    [InlineData("\"expires_in\":\"soon\"", 270)]
    [InlineData("\"expires_in\":\"NaN\"", 270)]
    [InlineData("\"expires_in\":1e999", 270)]
    [InlineData("\"scope\":\"hooks\"", 270)]
    public async Task The_lifetime_of_a_token_is_read_with_care(string property, int seconds)
    {
        var fetches = TokenEndpoint(_ => new HttpResponseMessage
        {
            Content = new StringContent($$"""{"access_token":"t",{{property}}}"""),
        });
        using var host = SenderHost.Over(_network, _clock);
        var endpoint = Endpoint();

        await SendAsync(host, endpoint);
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await SendAsync(host, endpoint);
        Assert.Equal(1, fetches());
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(host, endpoint);

        Assert.Equal(2, fetches());
    }

    [Fact]
    public async Task Many_sends_at_once_wait_for_one_request()
    {
        var gate = new TaskCompletionSource();
        var fetches = 0;
        _network.When(TokenUrl).Respond(async () =>
        {
            Interlocked.Increment(ref fetches);
            await gate.Task;
            return Token("t", 600);
        });
        using var host = SenderHost.Over(_network, _clock);
        var endpoint = Endpoint();

        var sends = Enumerable.Range(0, 20).Select(_ => SendAsync(host, endpoint)).ToArray();
        gate.SetResult();
        var results = await Task.WhenAll(sends);

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal(1, fetches);
        Assert.Equal(20, _shown.Count);
    }

    [Fact]
    public async Task A_401_renews_the_token_once_within_the_attempt()
    {
        var fetches = TokenEndpoint(number => Token($"t{number}", 600));
        _answer = header => header?.Parameter == "t1" ? HttpStatusCode.Unauthorized : HttpStatusCode.NoContent;
        using var host = SenderHost.Over(_network, _clock);

        var result = await SendAsync(host, Endpoint());

        Assert.True(result.Succeeded);
        Assert.Single(result.Attempts);
        Assert.Equal(2, fetches());
    }

    [Fact]
    public async Task A_receiver_that_always_answers_401_gets_no_third_request()
    {
        var fetches = TokenEndpoint(number => Token($"t{number}", 600));
        _answer = _ => HttpStatusCode.Unauthorized;
        using var host = SenderHost.Over(_network, _clock);

        var result = await SendAsync(host, Endpoint());

        Assert.Equal(401, Assert.Single(result.Attempts).StatusCode);
        Assert.Equal(2, fetches());
        Assert.Equal(2, _shown.Count);
    }

    [Theory]
    [InlineData(OAuthClientAuthentication.Basic)]
    [InlineData(OAuthClientAuthentication.Post)]
    public async Task The_client_shows_its_secret_as_the_standard_says(OAuthClientAuthentication way)
    {
        var body = "";
        var header = "";
        _network.When(TokenUrl).Respond(async request =>
        {
            body = await request.Content!.ReadAsStringAsync();
            header = request.Headers.Authorization?.ToString() ?? "";
            return Token("t", 600);
        });
        using var host = SenderHost.Over(_network, _clock);

        await SendAsync(host, Endpoint(way));

        const string basic = "Basic Y2xpZW50JTNBMTpzM2NyZXQlM0ElMkIlMkYrbWFya2Vy"; // client%3A1:s3cret%3A%2B%2F+marker
        const string form = "grant_type=client_credentials&scope=hooks+send&audience=acme";
        Assert.Equal(way == OAuthClientAuthentication.Basic ? basic : "", header);
        Assert.Equal(
            way == OAuthClientAuthentication.Basic
                ? form
                : form + "&client_id=client%3A1&client_secret=s3cret%3A%2B%2F+marker",
            body);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"marker"}""", "400 (invalid_client)")]
    [InlineData(200, """{"access_token":"a b","token_type":"Bearer"}""", "access_token")]
    [InlineData(200, """{"access_token":"a\r\nX: 1"}""", "access_token")]
    [InlineData(200, """{"access_token":""}""", "access_token")]
    [InlineData(200, """{"access_token":1}""", "access_token")]
    [InlineData(200, """{"access_token":"t","token_type":"mac"}""", "bearer")]
    [InlineData(200, """["t"]""", "200")]
    [InlineData(200, """{"access_token":"\ud800"}""", "200")]
    [InlineData(400, """{"error":"\ud800"}""", "400")]
    [InlineData(500, "<html>marker</html>", "500")]
    [InlineData(200, "", "200")]
    public async Task A_token_endpoint_that_gives_no_token_fails_the_attempt(int status, string body, string expected)
    {
        _network.When(TokenUrl).Respond((HttpStatusCode)status, "application/json", body);
        using var host = SenderHost.Over(_network, _clock);

        var result = await SendAsync(host, Endpoint());

        Assert.Equal(WebhookErrorKind.AuthorizationFailed, result.LastAttempt.Error);
        Assert.Contains(expected, result.LastAttempt.ErrorMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", result.LastAttempt.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(_shown);
    }

    [Fact]
    public async Task A_token_endpoint_that_writes_without_end_is_cut_off()
    {
        _network.When(TokenUrl).Respond(_ => new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) });
        using var host = SenderHost.Over(_network, _clock);

        var result = await SendAsync(host, Endpoint());

        Assert.Contains("too much", result.LastAttempt.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_fetch_is_not_kept()
    {
        TokenEndpoint(number => number == 1 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : Token("t", 600));
        using var host = SenderHost.Over(_network, _clock);
        var endpoint = Endpoint() with { RetryPolicy = RetryPolicy.Fixed(TimeSpan.Zero, 2) };

        var result = await SendAsync(host, endpoint);

        Assert.True(result.Succeeded);
        Assert.Equal(WebhookErrorKind.AuthorizationFailed, result.Attempts[0].Error);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_take_the_token_from_the_others()
    {
        var gate = new TaskCompletionSource();
        _network.When(TokenUrl).Respond(async () =>
        {
            await gate.Task;
            return Token("t", 600);
        });
        using var host = SenderHost.Over(_network, _clock);
        using var cancellation = new CancellationTokenSource();
        var endpoint = Endpoint();

        var impatient = host.SendAsync(endpoint, cancellation.Token);
        var patient = SendAsync(host, endpoint);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        Assert.True((await patient).Succeeded);
    }

    private static Task<WebhookSendResult> SendAsync(SenderHost host, WebhookEndpoint endpoint)
        => host.SendAsync(endpoint, TestContext.Current.CancellationToken);

    private static WebhookEndpoint Endpoint(OAuthClientAuthentication way = default) => Some.Endpoint(RetryPolicy.None) with
    {
        Authorization = WebhookAuthorization.OAuthClientCredentials(new(new Uri(TokenUrl), "client:1", ClientSecret)
        {
            Scope = "hooks send",
            Audience = "acme",
            ClientAuthentication = way,
        }),
    };

    private static HttpResponseMessage Token(string token, int expiresIn) => new()
    {
        Content = new StringContent($$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":{{expiresIn}}}"""),
    };

    private Func<int> TokenEndpoint(Func<int, HttpResponseMessage> answer)
    {
        var fetches = 0;
        _network.When(TokenUrl).Respond(_ => answer(Interlocked.Increment(ref fetches)));
        return () => fetches;
    }
}
