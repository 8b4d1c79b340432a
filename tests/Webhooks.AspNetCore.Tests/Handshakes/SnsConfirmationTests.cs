using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Webhooks.Tests.Network;
using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Amazon SNS as it comes out of the box: its certificate is fetched, and a subscription confirmed, from a
/// server that stands for Amazon's behind a proxy.</summary>
public sealed class SnsConfirmationTests : IAsyncLifetime
{
    private const string Host = "sns.us-west-2.amazonaws.com";
    private const string Topic = "arn:aws:sns:us-west-2:123456789012:MyTopic";
    private const string SubscribeUrl =
        $"https://{Host}/?Action=ConfirmSubscription&TopicArn={Topic}&Token=2336412f37fb";

    private readonly TestAuthority _authority = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly string _certificate;
    private int _confirmationStatus = 200;
    private KestrelServer _amazon = null!;
    private ConnectProxy _proxy = null!;

    public SnsConfirmationTests() => _certificate = new CertificateRequest(
            "CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(The.Now.AddDays(-1), The.Now.AddDays(1)).ExportCertificatePem();

    public async ValueTask InitializeAsync()
    {
        _amazon = await KestrelServer.StartAsync(AnswerAsync, _authority.IssueServer(Host));
        _proxy = new ConnectProxy(_amazon.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _amazon.DisposeAsync();
        _authority.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_notification_is_verified_with_the_certificate_that_is_fetched()
    {
        await using var receiver = await StartAsync();

        var statuses = new[]
        {
            await receiver.StatusOfAsync(Request(Notification())),
            await receiver.StatusOfAsync(Request(Notification())),
            await receiver.StatusOfAsync(Request(Notification(topic: Topic + "-of-somebody-else"))),
        };

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized], statuses);
        Assert.Equal(["/SimpleNotificationService-1.pem"], _asked);
        Assert.Equal([Host + ":443"], _proxy.Hosts);
        Assert.Equal(2, receiver.Handled.Count);
    }

    [Fact]
    public async Task A_subscription_is_confirmed_once_where_the_options_say_so()
    {
        var expected = VectorSuite.Read("challenges").GetProperty("cases").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == "sns-subscription-confirmation").GetProperty("response");
        await using var receiver = await StartAsync(source => source.HandshakeOptions.ConfirmSubscriptions = true);

        var first = await receiver.StatusOfAsync(Request(Confirmation()));
        var second = await receiver.StatusOfAsync(Request(Confirmation()));

        Assert.Equal(expected.GetProperty("status").GetInt32(), (int)first);
        Assert.Equal(HttpStatusCode.OK, second);
        Assert.Single(_asked, path => path.StartsWith("/?Action=ConfirmSubscription&", StringComparison.Ordinal));
        Assert.Empty(receiver.Handled);
    }

    [Fact]
    public async Task A_confirmation_that_fails_is_asked_for_again()
    {
        _confirmationStatus = 500;
        await using var receiver = await StartAsync(source => source.HandshakeOptions.ConfirmSubscriptions = true);

        var failed = await receiver.StatusOfAsync(Request(Confirmation()));
        _confirmationStatus = 200;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed);
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusOfAsync(Request(Confirmation())));
        Assert.Contains(receiver.Logs.GetSnapshot(), record => record.Id.Id == 584);
        Assert.DoesNotContain(receiver.LogTexts, text => text.Contains("2336412f37fb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SubscriptionConfirmation", false)]
    [InlineData("UnsubscribeConfirmation", true)]
    public async Task Nothing_is_visited_unasked_nor_to_undo_an_unsubscription(string type, bool confirms)
    {
        await using var receiver = await StartAsync(source => source.HandshakeOptions.ConfirmSubscriptions = confirms);

        var status = await receiver.StatusOfAsync(Request(Confirmation(type: type)));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(["/SimpleNotificationService-1.pem"], _asked);
        Assert.Single(receiver.Handled);
    }

    [Theory]
    [InlineData("https://sns.us-west-2.amazonaws.com.evil.example/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://sns.us-west-2.amazonaws.com:8443/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://evil@sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://sns.s3.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("http://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://169.254.169.254/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://sns.us-west-2.amazonaws.com/x?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://sns.us-west-2.amazonaws.com/?Action=DeleteTopic&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "2&Token=t")]
    [InlineData("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&Action=DeleteTopic&TopicArn=" + Topic + "&Token=t")]
    [InlineData("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic)]
    public async Task No_other_url_is_visited_even_if_it_is_signed(string url)
    {
        await using var receiver = await StartAsync(source => source.HandshakeOptions.ConfirmSubscriptions = true);

        var status = await receiver.StatusOfAsync(Request(Confirmation(url)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["/SimpleNotificationService-1.pem"], _asked);
    }

    [Fact]
    public async Task A_confirmation_that_is_not_verified_has_nothing_fetched_but_the_certificate()
    {
        await using var receiver = await StartAsync(source => source.HandshakeOptions.ConfirmSubscriptions = true);
        var forged = Confirmation();
        forged["Token"] = "another";

        Assert.Equal(HttpStatusCode.Unauthorized, await receiver.StatusOfAsync(Request(forged)));
        Assert.Equal(["/SimpleNotificationService-1.pem"], _asked);
    }

    private Task AnswerAsync(HttpContext context)
    {
        _asked.Enqueue(context.Request.Path + context.Request.QueryString);
        if (context.Request.Path != "/")
            return context.Response.WriteAsync(_certificate);

        context.Response.StatusCode = _confirmationStatus;
        return Task.CompletedTask;
    }

    private Task<Receiver> StartAsync(Action<WebhookSourceOptions>? configure = null) => Receiver.StartAsync(
        configure: builder => builder.Services.AddSingleton(
            new NetworkPolicy(new NetworkOptions().UseProxy(_proxy.Proxy).TrustOnly([_authority.Root]))),
        sources: verification => verification
            .AddSource("billing", WebhookProviders.AmazonSns, Topic)
            .AddSource("billing", source => configure?.Invoke(source)));

    private SortedDictionary<string, string> Notification(string topic = Topic) => Sign(new(StringComparer.Ordinal)
    {
        ["Message"] = "Hello",
        ["MessageId"] = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        ["Timestamp"] = Timestamp,
        ["TopicArn"] = topic,
        ["Type"] = "Notification",
    });

    private SortedDictionary<string, string> Confirmation(
        string url = SubscribeUrl, string type = "SubscriptionConfirmation") => Sign(new(StringComparer.Ordinal)
        {
            ["Message"] = "You have chosen to subscribe.",
            ["MessageId"] = "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
            ["SubscribeURL"] = url,
            ["Timestamp"] = Timestamp,
            ["Token"] = "2336412f37fb",
            ["TopicArn"] = Topic,
            ["Type"] = type,
        });

    private static string Timestamp =>
        The.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    private SortedDictionary<string, string> Sign(SortedDictionary<string, string> message)
    {
        var content = string.Concat(message.Select(pair => $"{pair.Key}\n{pair.Value}\n"));
        var signature = _key.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        message["SignatureVersion"] = "2";
        message["Signature"] = Convert.ToBase64String(signature);
        message["SigningCertURL"] = $"https://{Host}/SimpleNotificationService-1.pem";
        return message;
    }

    private static HttpRequestMessage Request(SortedDictionary<string, string> message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/hook")
        {
            Content = new StringContent(JsonSerializer.Serialize(message), Encoding.UTF8, "text/plain"),
        };
        return request.With("x-amz-sns-message-type", message["Type"]);
    }
}
