using Webhooks.Vectors;

namespace Webhooks;

/// <summary>Every vector that a shared secret signs, both verdicts, by the shipped schemes and by schemes made of data.</summary>
public partial class VectorTests
{
    private const int WholeBodiesOnlyAbove = 64 * 1024;

    private static readonly Dictionary<string, int> Suites = new()
    {
        ["standardwebhooks-v1"] = 176,
        ["github"] = 44,
        ["stripe"] = 64,
        ["slack"] = 46,
        ["shopify"] = 25,
        ["hubspot"] = 12,
        ["square"] = 12,
        ["documented-hmac"] = 393,
    };

    // HubSpot v2 hashes the secret itself and is no HMAC.
    private static bool IsHmac(SignatureVector vector) => vector.Scheme != "hubspot-v2";

    public static IEnumerable<TheoryDataRow<string, string>> All => Suites.Keys.SelectMany(suite =>
        VectorSuite.Load(suite).Values.Where(IsHmac).Select(vector => new TheoryDataRow<string, string>(suite, vector.Id)));

    public static IEnumerable<TheoryDataRow<string>> Declared => DeclaredSchemes.Names.Select(name => new TheoryDataRow<string>(name));

    public static IEnumerable<TheoryDataRow<string, string>> Valid => All.Where(row =>
        VectorSuite.Load(row.Data.Item1)[row.Data.Item2] is { IsValid: true, IsMust: true });

    [Fact]
    public void Every_vector_is_there()
    {
        var counts = Suites.Keys.ToDictionary(suite => suite, suite => VectorSuite.Load(suite).Values.Count(IsHmac));

        Assert.Equal(Suites, counts);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void Every_scheme_that_is_data_is_shipped(string name)
    {
        var (declared, shipped) = (DeclaredSchemes.Find(name), Assert.IsType<HmacSignatureScheme>(VectorSchemes.Find(name)));

        Assert.Equal(declared.SecretFormat, shipped.SecretFormat);
        Assert.Equal(declared.Layout.SignatureHeader, shipped.Layout.SignatureHeader, ignoreCase: true);
        Assert.Equal(declared.Layout.SignedContent, shipped.Layout.SignedContent);
        Assert.Equal(declared.Layout.TimestampFormat, shipped.Layout.TimestampFormat);
        Assert.Equal(declared.Tolerance, shipped.Tolerance);
        Assert.Equal(declared.SignsUrl, shipped.SignsUrl);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_gives_the_vectors_verdict(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        foreach (var scheme in SchemesFor(vector))
        {
            var outcome = Judge(scheme, vector, vector.Body.Length);

            Assert.Equal(Expected(vector), Verdict.Merge(outcome));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Verify_gives_the_same_verdict_when_the_body_comes_byte_by_byte(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        var piece = vector.Body.Length > WholeBodiesOnlyAbove ? 4096 : 1;

        var outcome = Judge(SchemesFor(vector).First(), vector, piece);

        Assert.Equal(Expected(vector), Verdict.Merge(outcome));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Sign_gives_the_vectors_signature(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        var scheme = SchemesFor(vector).OfType<HmacSignatureScheme>().First();
        var result = scheme.Verify(Context(scheme, vector), vector.Body);
        var headers = new HeaderList();

        scheme.Sign(
            new SigningContext
            {
                MessageId = MessageId.TryParse(result.MessageId, out var messageId) ? messageId : MessageId.New(),
                Timestamp = result.Timestamp ?? vector.Now,
                Secrets = [result.Secret!],
                Method = vector.Method,
                Url = vector.Url,
            },
            vector.Body,
            headers);

        // Another spelling of the same instant is signed differently, so only the round trip can be asked for.
        if (scheme.Layout.TimestampFormat == TimestampFormat.Rfc3339)
        {
            Assert.True(scheme.Verify(headers.ToContext(vector.Now, result.Secret!) with { Url = vector.Url }, vector.Body).IsVerified);
            return;
        }

        var expected = new HeaderList(vector.Headers)[scheme.Layout.SignatureHeader];
        Assert.Contains(SignatureIn(scheme.Layout, headers[scheme.Layout.SignatureHeader]), expected, StringComparison.Ordinal);
    }

    private static IEnumerable<SignatureScheme> SchemesFor(SignatureVector vector)
    {
        yield return VectorSchemes.Find(vector);
        yield return DeclaredSchemes.Find(vector.Scheme);
    }

    private static string Judge(SignatureScheme scheme, SignatureVector vector, int piece)
    {
        VerificationContext context;
        try
        {
            context = Context(scheme, vector);
        }
        catch (FormatException)
        {
            return "invalid_secret";
        }

        if (!scheme.TryBeginVerification(context, out var verification, out var refusal))
        {
            return Verdict.NameOf(refusal.Outcome);
        }

        using (verification)
        {
            foreach (var chunk in vector.Body.Chunk(Math.Max(piece, 1)))
            {
                verification.Append(chunk);
            }

            return Verdict.NameOf(verification.Complete().Outcome);
        }
    }

    private static VerificationContext Context(SignatureScheme scheme, SignatureVector vector) => new()
    {
        Headers = SignatureHeaders.From(vector.Headers),
        Secrets = [.. vector.Secrets.Select(scheme.ParseSecret)],
        Now = vector.Now,
        Method = vector.Method,
        Url = vector.Url,
    };

    private static string SignatureIn(SignatureLayout layout, string header)
    {
        var label = layout.HeaderFormat switch
        {
            SignatureHeaderFormat.VersionedList => layout.SignatureItem + ",",
            SignatureHeaderFormat.NamedItems => layout.SignatureItem + "=",
            _ => layout.Prefix,
        };
        return header[(header.LastIndexOf(label, StringComparison.Ordinal) + label.Length)..];
    }

    // The size limit belongs to whoever buffers; the scheme itself finds the large body well signed.
    private static string Expected(SignatureVector vector) => vector.Expect == "body_too_large" ? "valid" : Verdict.Merge(vector.Expect);
}
