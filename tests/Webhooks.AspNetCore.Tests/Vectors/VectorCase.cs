using Webhooks.Vectors;

namespace Webhooks;

/// <summary>A vector as a receiver meets it: a request, and what it is verified with.</summary>
internal sealed class VectorCase(SignatureVector vector)
{
    public SignatureVector Vector { get; } = vector;

    /// <summary>What vectors that one and the same source can verify have in common.</summary>
    public string Source => Vector.Scheme == "rfc9421" ? string.Join(' ', Vector.RequiredComponents) : Scheme.Name;

    public SignatureScheme Scheme { get; } = vector.Scheme switch
    {
        "discord" => Ed25519SignatureSchemes.Discord,
        "standard-webhooks-v1a" => Ed25519SignatureSchemes.StandardWebhooks,
        "rfc9421" => new HttpMessageSignatureScheme("rfc9421", new HttpMessageSignatureOptions
        {
            Algorithms = [HttpSignatureAlgorithms.HmacSha256, Ed25519SignatureSchemes.HttpMessageAlgorithm],
            RequiredComponents = vector.RequiredComponents,
        }),
        _ => VectorSchemes.Find(vector),
    };

    public ReceivedRequest Request
    {
        get
        {
            var headers = new HeaderList();
            headers.AddRange(Vector.Headers);
            return new ReceivedRequest(Vector.Url, headers, Vector.Body) { Now = Vector.Now, Method = Vector.Method };
        }
    }

    public static IEnumerable<VectorCase> Load(string suite) =>
        VectorSuite.Load(suite).Values.Select(vector => new VectorCase(vector));

    /// <exception cref="FormatException">A secret is none.</exception>
    public IReadOnlyList<SigningSecret> ReadSecrets()
    {
        if (Vector.Scheme != "rfc9421")
            return [.. VectorSchemes.SecretsOf(Vector).Select(Scheme.ParseSecret)];

        var keys = VectorSuite.Read("rfc9421").GetProperty("keys");
        var shared = keys.GetProperty("test-shared-secret").GetProperty("base64").GetString();
        var pem = keys.GetProperty("test-key-ed25519").GetProperty("public_pem").GetString();
        return
        [
            Scheme.ParseSecret($"keyid:test-shared-secret whsec_{shared}"),
            Scheme.ParseSecret($"keyid:test-key-ed25519 {pem}"),
        ];
    }

    /// <summary>The keys that have to be fetched, made once, since that takes long.</summary>
    public async Task<SignatureKeySource> MakeKeysAsync()
    {
        var keys = new VectorKeys(Vector);
        return new KeptKey(keys.IsNeeded ? await keys.GetAsync(new Uri("https://keys.example.com"), default) : default);
    }

    private sealed class KeptKey(ReadOnlyMemory<byte> key) : SignatureKeySource
    {
        public override ValueTask<ReadOnlyMemory<byte>> GetAsync(Uri url, CancellationToken cancellationToken) => new(key);
    }
}
