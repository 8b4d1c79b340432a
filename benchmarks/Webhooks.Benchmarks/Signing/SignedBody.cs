using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Benchmarks.Signing;

/// <summary>One body, signed by every scheme under test with the same secret.</summary>
internal sealed class SignedBody
{
    public const string SecretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly SigningSecret Decoded = SigningSecret.Parse(SecretText);
    private static readonly SigningSecret Text = SigningSecret.FromText(SecretText);

    public SignedBody(int length)
    {
        // JSON-like ASCII, so that libraries which read text read the same number of bytes.
        Bytes = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length));
        Now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Context = new SigningContext { MessageId = MessageId.New(), Timestamp = Now, Secrets = [Decoded] };
        StandardWebhooks = Sign(SignatureSchemes.StandardWebhooks, Decoded, out _);
        Stripe = Sign(SignatureSchemes.Stripe, Text, out var stripe);
        GitHub = Sign(SignatureSchemes.GitHub, Text, out var github);
        (StripeHeader, GitHubHeader) = (stripe, github);
        var prefix = Context.MessageId.Value + "." + Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ".";
        SignedContent = [.. Encoding.ASCII.GetBytes(prefix), .. Bytes];
    }

    public byte[] Bytes { get; }

    public DateTimeOffset Now { get; }

    public SigningContext Context { get; }

    public VerificationContext StandardWebhooks { get; }

    public VerificationContext Stripe { get; }

    public VerificationContext GitHub { get; }

    public string StripeHeader { get; }

    public string GitHubHeader { get; }

    /// <summary>The contiguous content that Standard Webhooks signs.</summary>
    public byte[] SignedContent { get; }

    public byte[] Key { get; } = Decoded.RevealKey().ToArray();

    private VerificationContext Sign(HmacSignatureScheme scheme, SigningSecret secret, out string header)
    {
        var headers = new Headers();
        scheme.Sign(Context with { Secrets = [secret] }, Bytes, headers);
        header = headers.Single(line => line.Key == scheme.Layout.SignatureHeader).Value;
        return new VerificationContext { Headers = SignatureHeaders.From(headers), Secrets = [secret], Now = Now };
    }

    private sealed class Headers : List<KeyValuePair<string, string>>, ISignatureHeaderWriter
    {
        public void Write(string name, string value) => Add(KeyValuePair.Create(name, value));
    }
}
