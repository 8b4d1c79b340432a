using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>HTTP Basic authentication (RFC 7617) as proof: the secret is <c>user:password</c>.</summary>
internal sealed class BasicSignatureScheme(string name) : SignatureScheme(name)
{
    private const string Header = "Authorization";
    private const string Prefix = "Basic ";

    public override bool ShowsSecret => true;

    public override IReadOnlyList<string> Headers { get; } = [Header];

    private string Refusal => $"A secret of the scheme '{Name}' is a user name and a password with a colon between.";

    public override SigningSecret ParseSecret(string text)
    {
        var secret = SigningSecret.FromText(text);
        return IsCredential(secret) ? secret : throw new FormatException(Refusal);
    }

    public override void CheckSecret(SigningSecret secret, SecretUse use)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!IsCredential(secret))
        {
            throw new ArgumentException(Refusal, nameof(secret));
        }
    }

    public override void Sign(in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var secret = ActiveSecrets.FirstToSign(this, context);
        headers.Write(Header, Prefix + Convert.ToBase64String(secret.RevealKey()));
    }

    public override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        SigningSecret? secret = null;
        var header = context.Headers.Find(Header);
        var outcome = HeaderRules.JudgePlain(header);
        if (outcome == VerificationOutcome.Verified)
        {
            outcome = FindCredential(context, header.Value, out secret);
        }

        verification = secret is null ? null : new DecidedVerification(VerificationResult.Accept(secret, null, null));
        refusal = verification is null ? VerificationResult.Refuse(outcome) : default;
        return verification is not null;
    }

    private VerificationOutcome FindCredential(
        in VerificationContext context, ReadOnlySpan<char> header, out SigningSecret? secret)
    {
        secret = null;
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return VerificationOutcome.MalformedHeader;
        }

        var rented = ArrayPool<byte>.Shared.Rent(header.Length);
        var shown = rented.AsSpan();
        var outcome = VerificationOutcome.MalformedHeader;
        if (SignatureEncodings.TryDecodeBase64(header[Prefix.Length..], shown, out var length)
            && shown[..length].Contains((byte)':'))
        {
            outcome = ShownSecret.Find(this, context, shown[..length], out secret);
        }

        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return outcome;
    }

    private static bool IsCredential(SigningSecret secret) =>
        secret.Kind == SecretKind.Symmetric && secret.RevealKey().IndexOf((byte)':') > 0;
}
