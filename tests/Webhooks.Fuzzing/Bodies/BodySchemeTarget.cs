using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Webhooks.Fuzzing;

/// <summary>Bodies that hold their own signature: Mailgun, Adyen, Microsoft Graph, SNS and PayPal. What is accepted must
/// be what a plain reader of the JSON accepts.</summary>
public sealed class BodySchemeTarget() : FuzzTarget("body-schemes")
{
    private static readonly SignatureScheme[] Shared =
        [SignatureSchemes.Mailgun, SignatureSchemes.Adyen, SignatureSchemes.MicrosoftGraph];

    private static readonly SigningSecret Topic = SignatureSchemes.AmazonSns.ParseSecret("arn:aws:sns:us-east-1:1:t");

    public override IEnumerable<byte[]> Seeds =>
    [
        InputText.From(MailgunBody()), InputText.From(AdyenBody()),
        InputText.From($$"""{"value":[{"clientState":"{{The.SecretText}}"},{"clientState":"{{The.SecretText}}","a":[1]}]}"""),
        """{"Type":"Notification","MessageId":"1","TopicArn":"a","Message":"m","Subject":"s","Timestamp":"2026-03-04T05:06:07Z","SignatureVersion":"2","Signature":"AAAA","SigningCertURL":"https://sns.us-east-1.amazonaws.com/a.pem"}"""u8.ToArray(),
        """{"signature":{"timestamp":1e3,"token":"\ud800","signature":""},"\ud800":1}"""u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        foreach (var scheme in Shared)
        {
            var result = scheme.Verify(ContextOf(The.Secret), input);
            if (result.IsVerified)
                Law.Holds(Accepts(scheme, input), $"the scheme '{scheme.Name}' accepts what isn't signed");
        }

        using var verification = Begin(SignatureSchemes.AmazonSns, Topic);
        verification.Append(input);
        var completed = verification.CompleteAsync(CancellationToken.None);
        Law.Holds(completed.IsCompletedSuccessfully && !completed.Result.IsVerified, "SNS without a certificate");
    }

    private static VerificationContext ContextOf(SigningSecret secret) =>
        new() { Headers = default, Secrets = [secret], Now = The.Now };

    private static SignatureVerification Begin(SignatureScheme scheme, SigningSecret secret) =>
        scheme.TryBeginVerification(ContextOf(secret), out var verification, out _)
            ? verification
            : throw new LawBrokenException("the body decides");

    private static bool Accepts(SignatureScheme scheme, byte[] body)
    {
        var root = JsonNode.Parse(body)!;
        if (scheme == SignatureSchemes.MicrosoftGraph)
            return root["value"]!.AsArray().All(item => (string?)item!["clientState"] == The.SecretText);
        if (scheme == SignatureSchemes.Adyen)
            return root["notificationItems"]!.AsArray().All(item => AcceptsItem(item!["NotificationRequestItem"]!));

        var signed = root["signature"]!;
        var hash = Convert.ToHexStringLower(Hash($"{signed["timestamp"]}{signed["token"]}"));
        return new[] { "signature", "parent-signature" }.Any(name =>
            string.Equals((string?)signed[name], hash, StringComparison.OrdinalIgnoreCase));
    }

    private static bool AcceptsItem(JsonNode item)
    {
        var content = string.Join(':', new[]
        {
            item["pspReference"], item["originalReference"], item["merchantAccountCode"], item["merchantReference"],
            item["amount"]?["value"], item["amount"]?["currency"], item["eventCode"], item["success"],
        }.Select(node => node is JsonValue value ? value.ToString() : ""));
        return (string?)item["additionalData"]!["hmacSignature"] == Convert.ToBase64String(Hash(content));
    }

    private static byte[] Hash(string content) => HMACSHA256.HashData(The.SecretBytes, Encoding.UTF8.GetBytes(content));

    private static string MailgunBody()
    {
        var timestamp = The.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(Hash(timestamp + "token"));
        return $$$$"""{"signature":{"timestamp":"{{{timestamp}}}","token":"token","signature":"{{{signature}}}"}}""";
    }

    private static string AdyenBody()
    {
        var signature = Convert.ToBase64String(Hash("1:2:m:r:100:EUR:AUTHORISATION:true"));
        return $$$$"""
            {"notificationItems":[{"NotificationRequestItem":{"pspReference":"1","originalReference":"2",
            "merchantAccountCode":"m","merchantReference":"r","amount":{"value":100,"currency":"EUR"},
            "eventCode":"AUTHORISATION","success":"true","additionalData":{"hmacSignature":"{{{{signature}}}}"}}}]}
            """;
    }
}
