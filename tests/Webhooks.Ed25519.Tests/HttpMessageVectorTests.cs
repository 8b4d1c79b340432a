using Webhooks.Vectors;

namespace Webhooks;

/// <summary>The vectors of RFC 9421, both verdicts, with both keys and both algorithms at hand.</summary>
public class HttpMessageVectorTests
{
    private static IReadOnlyDictionary<string, SignatureVector> Vectors => VectorSuite.Load("rfc9421");

    public static IEnumerable<TheoryDataRow<string>> All => Vectors.Keys.Select(id => new TheoryDataRow<string>(id));

    [Fact]
    public void Every_vector_is_there()
    {
        Assert.Equal(49, Vectors.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_gives_the_vectors_verdict_whole_and_byte_by_byte(string id)
    {
        var vector = Vectors[id];

        // The key that is named can't be used with the algorithm that is named; the vector allows either reason.
        var expected = id == "profile-hmac-keyid-swapped" ? "unsupported_algorithm"
            : vector.Expect == "content_digest_mismatch" ? "content_mismatch"
            : Verdict.Merge(vector.Expect);

        Assert.Equal(expected, Verdict.Merge(Judge(vector, int.MaxValue)));
        Assert.Equal(expected, Verdict.Merge(Judge(vector, 1)));
    }

    private static string Judge(SignatureVector vector, int piece)
    {
        var scheme = SchemeFor(vector.Id);
        var keys = VectorSuite.Read("rfc9421").GetProperty("keys");
        var shared = keys.GetProperty("test-shared-secret").GetProperty("base64").GetString();
        var pem = keys.GetProperty("test-key-ed25519").GetProperty("public_pem").GetString();
        var context = new VerificationContext
        {
            Headers = SignatureHeaders.From(vector.Headers),
            Secrets =
            [
                scheme.ParseSecret($"keyid:test-shared-secret whsec_{shared}"),
                scheme.ParseSecret($"keyid:test-key-ed25519 {pem}"),
            ],
            Now = vector.Now,
            Method = vector.Method,
            Url = vector.Url,
        };
        if (!scheme.TryBeginVerification(context, out var verification, out var refusal))
            return Verdict.NameOf(refusal.Outcome);

        using (verification)
        {
            foreach (var chunk in vector.Body.Chunk(piece))
                verification.Append(chunk);
            return Verdict.NameOf(verification.Complete().Outcome);
        }
    }

    private static HttpMessageSignatureScheme SchemeFor(string id)
    {
        var vector = VectorSuite.Read("rfc9421").GetProperty("vectors").EnumerateArray()
            .Single(vector => vector.GetProperty("id").GetString() == id);
        var isStrict = vector.TryGetProperty("options", out var options)
            && options.TryGetProperty("required_components", out _);
        return new HttpMessageSignatureScheme("rfc9421", new HttpMessageSignatureOptions
        {
            Algorithms = [HttpSignatureAlgorithms.HmacSha256, Ed25519SignatureSchemes.HttpMessageAlgorithm],
            RequiredComponents = isStrict
                ? [.. options.GetProperty("required_components").EnumerateArray().Select(name => name.GetString()!)]
                : [],
        });
    }
}
