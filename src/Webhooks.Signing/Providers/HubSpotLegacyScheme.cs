using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks;

/// <summary>HubSpot's signatures before version 3: a plain hash that begins with the secret.</summary>
internal sealed class HubSpotLegacyScheme(string version) : SharedSecretScheme("hubspot-" + version, SecretFormat.Text)
{
    private const string Header = "X-HubSpot-Signature";
    private const string VersionHeader = "X-HubSpot-Signature-Version";

    public override bool SignsUrl => version == "v2";

    public override IReadOnlyList<string> Headers { get; } = [VersionHeader, Header];

    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (SignsUrl && context.Url is null)
        {
            throw new InvalidOperationException($"The scheme '{Name}' signs the URL. Set SigningContext.Url.");
        }

        using var hash = Begin(ActiveSecrets.FirstToSign(this, context), context.Method, context.Url);
        hash.AppendData(body);
        headers.Write(VersionHeader, version);
        headers.Write(Header, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        if (SignsUrl && context.Url is null)
        {
            throw new ArgumentException(
                $"The scheme '{Name}' signs the URL. Set VerificationContext.Url.", nameof(context));
        }

        var signature = new byte[SHA256.HashSizeInBytes];
        var (header, named) = (context.Headers.Find(Header), context.Headers.Find(VersionHeader));
        var outcome = HeaderRules.JudgePlain(header);
        outcome = outcome == VerificationOutcome.Verified ? HeaderRules.JudgePlain(named) : outcome;
        outcome = outcome != VerificationOutcome.Verified ? outcome
            : named.Value != version ? VerificationOutcome.UnsupportedVersion
            : SignatureEncodings.TryDecodeHex(header.Value, signature) ? VerificationOutcome.Verified
            : VerificationOutcome.MalformedSignature;
        verification = outcome == VerificationOutcome.Verified ? new Verification(this, context, signature) : null;
        refusal = verification is null ? VerificationResult.Refuse(outcome) : default;
        return verification is not null;
    }

    private IncrementalHash Begin(SigningSecret secret, string method, string? url)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(secret.RevealKey());
        AppendRequest(hash, method, url);
        return hash;
    }

    private void AppendRequest(IncrementalHash hash, string method, string? url)
    {
        if (SignsUrl)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(method + url));
        }
    }

    private sealed class Verification(HubSpotLegacyScheme scheme, VerificationContext context, byte[] signature)
        : BufferedVerification
    {
        public override VerificationResult Complete()
        {
            SigningSecret? found = null;
            var outcome = VerificationOutcome.NoActiveSecret;
            foreach (var secret in context.Secrets)
            {
                if (secret.IsActive(context.Now))
                {
                    scheme.CheckSecret(secret, SecretUse.Verify);
                    using var hash = scheme.Begin(secret, context.Method, context.Url);
                    hash.AppendData(Body.Span);
                    var matches = CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), signature);
                    found ??= matches ? secret : null;
                    outcome = VerificationOutcome.SignatureMismatch;
                }
            }

            return found is null ? Refuse(outcome) : VerificationResult.Accept(found, null, null) with
            {
                ContentDigest = Digest(),
            };
        }

        // Nothing parts the URL from the body.
        private byte[] Digest()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            scheme.AppendRequest(hash, context.Method, context.Url);
            hash.AppendData(Body.Span);
            return hash.GetHashAndReset();
        }
    }
}
