using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Webhooks;

public class OrderOfChecksTests
{
    private const string ApiKey = "key-4b1c";

    [Fact]
    public async Task Each_check_has_its_place_and_its_status()
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            source =>
            {
                source.MaxBodySize = 64;
                source.ApiKeys.Add(ApiKey);
                source.AllowedNetworks.Add("127.0.0.1");
            },
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.Map("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
            });
        var request = new Broken();

        var statuses = new List<HttpStatusCode>();
        foreach (var mend in Broken.Mendings)
        {
            statuses.Add(await receiver.StatusOfAsync(request.Build()));
            mend(request);
        }

        Assert.Empty(receiver.Handled);
        statuses.Add(await receiver.StatusOfAsync(request.Build()));

        Assert.Equal(
            [
                HttpStatusCode.MethodNotAllowed, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType,
                HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized,
                HttpStatusCode.Unauthorized, HttpStatusCode.NoContent,
            ],
            statuses);
        Assert.Equal(
            [
                "method_not_allowed", "encoded_body", "content_type_not_allowed", "body_too_large", "unauthorized",
                "timestamp_too_old", "signature_mismatch",
            ],
            receiver.Logs.GetSnapshot().Where(record => record.Id.Id == 501)
                .Select(record => record.GetStructuredStateValue("Reason")));
        Assert.Single(receiver.Handled);
    }

    [Fact]
    public async Task Another_address_is_refused_before_anything_else_is_looked_at()
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            source => source.AllowedNetworks.Add("192.0.2.0/24"),
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.Map("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
            });

        var status = await receiver.StatusOfAsync(new Broken().Build());

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Empty(receiver.Handled);
    }

    [Theory]
    [InlineData("198.51.100.7", HttpStatusCode.Forbidden, "")]
    [InlineData("192.0.2.7", HttpStatusCode.OK, "word")]
    public async Task A_handshake_is_answered_to_addresses_that_may_call_and_to_no_other(
        string address, HttpStatusCode expected, string answer)
    {
        await using var receiver = await Receiver.OnKestrelAsync(
            map: BehindProxy.Map,
            configure: BehindProxy.TrustLoopback,
            sources: sources => sources.AddSource("billing", WebhookProviders.Dropbox, "secret")
                .AddSource("billing", source => source.AllowedNetworks.Add("192.0.2.0/24")));

        using var response = await receiver.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/hook?challenge=word").From(address));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, text == answer);
    }

    [Fact]
    public async Task A_method_that_is_not_allowed_is_told_which_one_is()
    {
        await using var receiver = await Receiver.StartAsync(
            source => source.Methods.Add("PUT"),
            map: (app, handler) =>
            {
                app.UseWebhookVerification();
                app.Map("/hook", handler.ReadStreamAsync).RequireWebhookVerification("billing");
            });

        using var refused = await receiver.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/hook"));
        var put = Some.Webhook();
        put.Method = HttpMethod.Put;

        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(["POST", "PUT"], refused.Content.Headers.Allow);
        Assert.Equal(HttpStatusCode.NoContent, await receiver.StatusOfAsync(put));
    }

    /// <summary>A request that has everything wrong with it that can be wrong at once.</summary>
    private sealed class Broken
    {
        private readonly byte[] _small = Encoding.UTF8.GetBytes("{}");
        private bool _encoded = true;
        private bool _large = true;
        private bool _authorized;
        private bool _forged = true;
        private DateTimeOffset _signed = The.Now.AddHours(-1);
        private string _contentType = "text/plain";

        public static IReadOnlyList<Action<Broken>> Mendings { get; } =
        [
            request => request.Method = HttpMethod.Post,
            request => request._encoded = false,
            request => request._contentType = "Application/JSON; charset=utf-8",
            request => request._large = false,
            request => request._authorized = true,
            request => request._signed = The.Now,
            request => request._forged = false,
        ];

        public HttpMethod Method { get; set; } = HttpMethod.Put;

        public HttpRequestMessage Build()
        {
            var body = _large ? new byte[65] : _small;
            var request = new HttpRequestMessage(Method, "/hook") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_contentType);
            if (_encoded)
                request.Content.Headers.ContentEncoding.Add("gzip");
            if (_authorized)
                request.Headers.Add("X-Api-Key", ApiKey);
            foreach (var (name, value) in Some.Signature(_forged ? [1] : body, at: _signed))
                request.Headers.TryAddWithoutValidation(name, value);
            return request;
        }
    }
}
