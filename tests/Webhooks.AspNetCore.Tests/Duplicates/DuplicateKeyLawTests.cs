using Webhooks.Vectors;

namespace Webhooks;

/// <summary>For every valid vector: whatever still verifies has its key, and what signs something else has another.</summary>
public class DuplicateKeyLawTests
{
    private const int LongestBody = 64 * 1024;

    public static TheoryData<string> Suites { get; } = [.. VectorSuite.Names];

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task A_key_is_that_of_all_that_verifies_by_the_same_signature_and_of_nothing_else(string suite)
    {
        var (wrong, changed) = (new List<string>(), 0);
        foreach (var cases in VectorCase.Load(suite).Where(one => one.Vector.IsValid).GroupBy(one => one.Source))
        {
            var seen = new Dictionary<string, string>();
            await using var keys = await KeyReader.StartAsync(cases.First().Scheme);
            foreach (var one in cases.Where(one => one.Vector.Body.Length <= LongestBody))
            {
                (keys.Secrets, keys.Keys) = (one.ReadSecrets(), await one.MakeKeysAsync());
                var key = await keys.ReadAsync(one.Request) ?? "refused";
                if (!seen.TryAdd(key, ContentOf(one, key)) && seen[key] != ContentOf(one, key))
                    wrong.Add($"{one.Vector.Id}: {key} is another webhook's key");
                foreach (var change in Changes.Of(one.Request, one.Scheme))
                {
                    var copy = await keys.ReadAsync(change);
                    changed += copy is null ? 0 : 1;
                    if (copy is not null && copy != key && !one.Scheme.ShowsSecret)
                        wrong.Add($"{one.Vector.Id}: {key} became {copy}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(changed > 0);
    }

    /// <summary>What is signed, told without asking for the key.</summary>
    private static string ContentOf(VectorCase one, string key)
    {
        var (scheme, vector) = (one.Scheme, one.Vector);
        if (scheme.ShowsSecret || key.StartsWith("billing:id:", StringComparison.Ordinal))
            return key;

        // Whoever signs the same with the same secret gets the same signature; Twilio's URL isn't always the one received.
        return scheme is HmacSignatureScheme or { Name: "hubspot-v2" } ? Sign(one)
            : scheme is { Name: "twilio" } ? $"{vector.Secrets[0]} {one.Request.Find("X-Twilio-Signature")}"
            : scheme is HttpMessageSignatureScheme ? vector.Headers.Single(header => header.Key == "Signature-Input").Value
            : string.Join('|', vector.Headers.Where(IsTimestamp)) + Convert.ToHexString(vector.Body);
    }

    private static bool IsTimestamp(KeyValuePair<string, string> header) =>
        header.Key.Contains("Timestamp", StringComparison.OrdinalIgnoreCase);

    /// <summary>A signature by one and the same secret.</summary>
    private static string Sign(VectorCase one)
    {
        var vector = one.Vector;
        using var secret = SigningSecret.FromBytes(new byte[32]);
        var verified = one.Scheme.Verify(
            new VerificationContext
            {
                Headers = SignatureHeaders.From(vector.Headers),
                Secrets = one.ReadSecrets(),
                Now = vector.Now,
                Method = vector.Method,
                Url = vector.Url,
            },
            vector.Body);
        var headers = new HeaderList();
        one.Scheme.Sign(
            new SigningContext
            {
                MessageId = MessageId.Parse("msg_1"),
                Timestamp = verified.Timestamp ?? vector.Now,
                Secrets = [secret],
                Method = vector.Method,
                Url = vector.Url,
            },
            vector.Body,
            headers);
        return headers[^1].Value;
    }
}
