using Webhooks.Vectors;

namespace Webhooks;

/// <summary>The vectors of Standard Webhooks v1a, both verdicts.</summary>
public class VectorTests
{
    private static readonly Ed25519SignatureScheme Scheme = Ed25519SignatureSchemes.StandardWebhooks;

    private static readonly string PrivateKey =
        VectorSuite.Read("standardwebhooks-v1a-ed25519").GetProperty("key").GetProperty("whsk").GetString()!;

    private static IReadOnlyDictionary<string, SignatureVector> Vectors => VectorSuite.Load("standardwebhooks-v1a-ed25519");

    public static IEnumerable<TheoryDataRow<string>> All => Vectors.Keys.Select(id => new TheoryDataRow<string>(id));

    public static IEnumerable<TheoryDataRow<string>> Valid =>
        All.Where(row => Vectors[row.Data] is { IsValid: true, IsMust: true });

    [Fact]
    public void Every_vector_is_there()
    {
        Assert.Equal(36, Vectors.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_gives_the_vectors_verdict_whole_and_byte_by_byte(string id)
    {
        var vector = Vectors[id];

        Assert.Equal(Verdict.Merge(vector.Expect), Verdict.Merge(Judge(vector, int.MaxValue)));
        Assert.Equal(Verdict.Merge(vector.Expect), Verdict.Merge(Judge(vector, 1)));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Sign_gives_the_vectors_signature(string id)
    {
        var vector = Vectors[id];
        var expected = new HeaderList(vector.Headers);
        var headers = new HeaderList();

        Scheme.Sign(
            new SigningContext
            {
                MessageId = MessageId.Parse(expected["webhook-id"]),
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(long.Parse(expected["webhook-timestamp"])),
                Secrets = [Scheme.ParseSecret(PrivateKey)],
            },
            vector.Body,
            headers);

        Assert.Contains(headers["webhook-signature"], expected["webhook-signature"], StringComparison.Ordinal);
    }

    private static string Judge(SignatureVector vector, int piece)
    {
        List<SigningSecret> secrets;
        try
        {
            secrets = [.. vector.Secrets.Select(Scheme.ParseSecret)];
            secrets.ForEach(secret => Scheme.CheckSecret(secret, SecretUse.Verify));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return "invalid_secret";
        }

        var context = new HeaderList(vector.Headers).ToContext(vector.Now, [.. secrets]);
        if (!Scheme.TryBeginVerification(context, out var verification, out var refusal))
        {
            return Verdict.NameOf(refusal.Outcome);
        }

        using (verification)
        {
            foreach (var chunk in vector.Body.Chunk(piece))
            {
                verification.Append(chunk);
            }

            return Verdict.NameOf(verification.Complete().Outcome);
        }
    }
}
