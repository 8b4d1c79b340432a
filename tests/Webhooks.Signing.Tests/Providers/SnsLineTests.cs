using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Webhooks;

/// <summary>SNS signs names and values in lines, so that a value with lines could pass for several.</summary>
public sealed class SnsLineTests : IDisposable
{
    private const string Topic = "arn:aws:sns:us-east-1:123456789012:orders";

    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_message_may_have_lines()
    {
        var message = Message("hello\nMessageId\nfake", "real");

        Assert.Equal("real", (await VerifyAsync(message, SignatureOf(message))).MessageId);
    }

    [Theory]
    [InlineData("hello", "fake\nMessageId\nreal", null)]
    [InlineData("hello", "fake", "x\nMessageId\nreal")]
    public async Task One_signature_does_not_fit_another_message_id(string text, string id, string? subject)
    {
        var sent = Message(subject is null ? "hello\nMessageId\nfake" : "hello\nMessageId\nfake\nSubject\nx", "real");
        var forged = Message(text, id);
        if (subject is not null)
            forged["Subject"] = subject;

        var result = await VerifyAsync(forged, SignatureOf(sent));

        Assert.Equal(ContentOf(sent), ContentOf(forged));
        Assert.Equal(VerificationOutcome.MalformedBody, result.Outcome);
    }

    private static JsonObject Message(string text, string id) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = id,
        ["TopicArn"] = Topic,
        ["Message"] = text,
        ["Timestamp"] = The.Now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["SignatureVersion"] = "2",
        ["SigningCertURL"] = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    };

    private static string ContentOf(JsonObject message) => string.Concat(
        new[] { "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type" }.Where(message.ContainsKey)
            .Select(name => $"{name}\n{message[name]}\n"));

    private string SignatureOf(JsonObject message) => Convert.ToBase64String(_key.SignData(
        Encoding.UTF8.GetBytes(ContentOf(message)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private async Task<VerificationResult> VerifyAsync(JsonObject message, string signature)
    {
        message["Signature"] = signature;
        var scheme = SignatureSchemes.AmazonSns;
        var context = new HeaderList().ToContext(The.Now, scheme.ParseSecret(Topic)) with { Keys = new Certificate(_key) };
        Assert.True(scheme.TryBeginVerification(context, out var verification, out _));
        using (verification)
        {
            verification.Append(Encoding.UTF8.GetBytes(message.ToJsonString()));
            return await verification.CompleteAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed class Certificate(RSA key) : SignatureKeySource
    {
        public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken)
        {
            var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(The.Now.AddDays(-1), The.Now.AddDays(1));
            return new(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        }
    }
}
