using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Discord's vectors, both verdicts, and Discord simulated.</summary>
public class DiscordTests
{
    private static readonly Ed25519SignatureScheme Scheme = Ed25519SignatureSchemes.Discord;

    private static IReadOnlyDictionary<string, SignatureVector> Vectors => VectorSuite.Load("discord");

    public static IEnumerable<TheoryDataRow<string>> All => Vectors.Keys.Select(id => new TheoryDataRow<string>(id));

    [Fact]
    public void Every_vector_is_there()
    {
        Assert.Equal(31, Vectors.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_gives_the_vectors_verdict(string id)
    {
        var vector = Vectors[id];

        Assert.Equal(Verdict.Merge(vector.Expect), Verdict.Merge(Judge(vector)));
    }

    [Fact]
    public void Discord_can_be_simulated()
    {
        using var pair = Ed25519KeyPair.Generate();
        using var shown = Scheme.ParseSecret(Convert.ToHexString(pair.PublicKey.RevealKey()));
        var now = DateTimeOffset.FromUnixTimeSeconds(1_674_087_231);
        var headers = new HeaderList();

        Scheme.Sign(
            new SigningContext { MessageId = MessageId.New(), Timestamp = now, Secrets = [pair.PrivateKey] }, "{}"u8, headers);

        Assert.True(Scheme.Verify(headers.ToContext(now, shown), "{}"u8).IsVerified);
        Assert.False(Scheme.Verify(headers.ToContext(now, shown), "[]"u8).IsVerified);
    }

    private static string Judge(SignatureVector vector)
    {
        try
        {
            var secrets = vector.Secrets.Select(Scheme.ParseSecret).ToArray();
            return Verdict.NameOf(
                Scheme.Verify(new HeaderList(vector.Headers).ToContext(vector.Now, secrets), vector.Body).Outcome);
        }
        catch (FormatException)
        {
            return "invalid_secret";
        }
    }
}
