using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>Whole requests signed by RFC 9421 with a shared key. What is accepted carries the signature of the base
/// that a plain builder makes, and its body is the digest's.</summary>
public sealed class HttpSignatureTarget() : FuzzTarget("http-signatures")
{
    private static readonly HttpMessageSignatureScheme Scheme = new("http-message-signatures");

    public override IEnumerable<byte[]> Seeds =>
    [
        Sign(Scheme), Sign(new("narrow", new() { Components = ["@method", "@target-uri", "content-digest"], Tag = "t" })),
        Sign(new("wide", new()
        {
            Components = ["@method", "@authority", "@path", "@query", "@scheme", "@request-target", "content-digest",
                "\"@query-param\";name=\"a\"", "\"content-digest\";key=\"sha-256\""],
            AddNonce = false,
            Lifetime = TimeSpan.FromMinutes(1),
        })),
    ];

    protected override void Check(byte[] input)
    {
        var request = InputRequest.Parse(input);
        var context = new VerificationContext
        {
            Headers = SignatureHeaders.From(request.Headers),
            Secrets = [The.Secret],
            Now = The.Now,
            Url = The.Url,
        };
        if (Scheme.Verify(context, request.Body).IsVerified)
            CheckAccepted(request);
    }

    private static byte[] Sign(HttpMessageSignatureScheme scheme)
    {
        var request = InputRequest.Make("POST", "{\"type\":\"a.b\"}"u8.ToArray());
        var context = new SigningContext
        {
            MessageId = MessageId.Parse("msg_1"),
            Timestamp = The.Now,
            Secrets = [The.Secret],
            Url = The.Url,
        };
        scheme.Sign(context, request.Body, request);
        return request.ToInput();
    }

    private static void CheckAccepted(InputRequest request)
    {
        var digests = string.Join(", ", request.Find("Content-Digest"));
        Law.Holds(
            digests.Contains(Convert.ToBase64String(SHA256.HashData(request.Body)), StringComparison.Ordinal)
            || digests.Contains(Convert.ToBase64String(SHA512.HashData(request.Body)), StringComparison.Ordinal),
            "the digest is the body's");

        SignatureInputReader.TryRead(string.Join(", ", request.Find("Signature-Input")), out List<SignatureInput> inputs);
        var signatures = string.Join(", ", request.Find("Signature"));
        Law.Holds(
            inputs.Exists(signed => !IsPlain(signed) || signatures.Contains(
                Convert.ToBase64String(HMACSHA256.HashData(The.SecretBytes, BaseOf(request, signed))),
                StringComparison.Ordinal)),
            "the signature is the base's");
    }

    private static bool IsPlain(SignatureInput input) => input.Components.TrueForAll(component => component.Argument is null);

    private static byte[] BaseOf(InputRequest request, SignatureInput input)
    {
        var lines = input.Components.Select(component => $"\"{component.Name}\": {ValueOf(request, component.Name)}");
        return Encoding.ASCII.GetBytes(string.Join('\n', [.. lines, $"\"@signature-params\": {input.Parameters}"]));
    }

    private static string ValueOf(InputRequest request, string name) => name switch
    {
        "@method" => "POST",
        "@target-uri" => The.Url,
        "@authority" => "example.com",
        "@scheme" => "https",
        "@path" => "/hooks",
        "@query" => "?a=1&b=%2F",
        "@request-target" => "/hooks?a=1&b=%2F",
        _ => string.Join(", ", request.Find(name)),
    };
}
