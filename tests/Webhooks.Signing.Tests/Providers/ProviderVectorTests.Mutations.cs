using System.Text.Json;
using Webhooks.Vectors;

namespace Webhooks;

public partial class ProviderVectorTests
{
    private static readonly string[] SignedBySns =
        ["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SubscribeURL", "Token", "Signature"];

    // Tokens and passwords sign nothing.
    public static IEnumerable<TheoryDataRow<string, string>> Changeable => All.Where(row =>
        VectorSuite.Load(row.Data.Item1)[row.Data.Item2] is
        { IsValid: true, Body.Length: > 0, Scheme: not ("static-token" or "basic-auth") });

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task Verify_refuses_a_valid_vector_whatever_bit_of_what_its_body_signs_is_changed(string suite, string id)
    {
        var vector = VectorSuite.Load(suite)[id];
        var scheme = VectorSchemes.Find(vector);
        var context = Context(scheme, vector, await KeptKey.OfAsync(new VectorKeys(vector)));
        var signed = SignedIn(vector, vector.Body);
        var refused = 0;

        foreach (var body in OneBit.Changed(vector.Body))
        {
            var result = await CompleteAsync(scheme, context, body);
            refused += result.IsVerified ? 0 : 1;

            // What isn't signed may change, and what is may be written otherwise.
            if (result.IsVerified)
                Assert.Equal(signed, SignedIn(vector, body));
        }

        Assert.True(refused > 0);
    }

    /// <summary>What the signature covers of a body, as whoever handles it reads it.</summary>
    private static string SignedIn(SignatureVector vector, byte[] body) => vector.Scheme switch
    {
        "aws-sns" => Join(JsonDocument.Parse(body).RootElement, SignedBySns),
        "mailgun" => Join(JsonDocument.Parse(body).RootElement.GetProperty("signature"), ["timestamp", "token"]),
        "twilio" when !vector.Url.Contains("bodySHA256", StringComparison.Ordinal) => TwilioForm.TryRead(body) ?? "",
        _ => Convert.ToHexString(body),
    };

    private static string Join(JsonElement json, string[] names) => string.Join('\n', names.Select(name =>
        json.TryGetProperty(name, out var value) ? $"{name} {value}" : name));

    /// <summary>Fetches its key once, since making one takes long.</summary>
    private sealed class KeptKey(ReadOnlyMemory<byte> key) : SignatureKeySource
    {
        public static async Task<KeptKey> OfAsync(VectorKeys keys) => new(
            keys.IsNeeded ? await keys.GetAsync(new Uri("https://keys.example.com"), TestContext.Current.CancellationToken) : default);

        public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken) => new(key);
    }
}
