using System.Text;

namespace Webhooks;

/// <summary>The documents' example of a scheme in code does what it is an example of.</summary>
public sealed class ExampleSchemeTests
{
    private static readonly SignatureScheme Scheme = LoadScheme();
    private static readonly SigningSecret Secret = SigningSecret.FromText("a shared secret");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public void What_it_signs_verifies()
    {
        var result = Verify("a body", Sign("a body"));

        Assert.Same(Secret, result.Secret);
    }

    [Fact]
    public void Another_body_another_secret_and_other_headers_are_refused()
    {
        var headers = Sign("a body");

        Assert.Equal(VerificationOutcome.SignatureMismatch, Verify("another", headers).Outcome);
        Assert.Equal(VerificationOutcome.SignatureMismatch, Verify("a body", headers, SigningSecret.FromText("a guess")).Outcome);
        Assert.Equal(VerificationOutcome.MissingHeader, Verify("a body", []).Outcome);
        Assert.Equal(VerificationOutcome.DuplicateHeader, Verify("a body", [.. headers, .. headers]).Outcome);
        Assert.Equal(VerificationOutcome.MalformedSignature, Verify("a body", [new(headers[0].Key, "zz" + headers[0].Value[2..])]).Outcome);
        Assert.Equal(VerificationOutcome.NoActiveSecret, Verify("a body", headers, Secret.WithValidity(Now.AddDays(1), null)).Outcome);
    }

    private static List<KeyValuePair<string, string>> Sign(string body)
    {
        var headers = new HeaderList();
        var context = new SigningContext { MessageId = MessageId.New(), Timestamp = Now, Secrets = [Secret] };
        Scheme.Sign(context, Encoding.UTF8.GetBytes(body), headers);
        return headers.Lines;
    }

    private static VerificationResult Verify(string body, List<KeyValuePair<string, string>> headers, SigningSecret? secret = null) => Scheme.Verify(
        new VerificationContext { Headers = SignatureHeaders.From(headers), Secrets = [secret ?? Secret], Now = Now },
        Encoding.UTF8.GetBytes(body));

    private static SignatureScheme LoadScheme()
    {
        var block = CodeBlock.ReadAll(Repository.PathOf("docs", "signing.md"))
            .Single(block => block.Code.Contains(": SignatureScheme(", StringComparison.Ordinal));
        return (SignatureScheme)Activator.CreateInstance(SnippetCompiler.Load(block).GetType("Hmac384Scheme", throwOnError: true)!)!;
    }

    private sealed class HeaderList : ISignatureHeaderWriter
    {
        public List<KeyValuePair<string, string>> Lines { get; } = [];

        public void Write(string name, string value) => Lines.Add(new(name, value));
    }
}
