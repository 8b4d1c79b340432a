using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>A scheme whose proof is part of the body, so that it can be checked and not added.</summary>
/// <param name="name">The scheme's name.</param>
/// <param name="format">How its secrets are written.</param>
/// <param name="mend">What a sender must do before it signs, as a sentence.</param>
internal abstract class SignedBodyScheme(string name, SecretFormat format, string mend)
    : SharedSecretScheme(name, format)
{
    public sealed override IReadOnlyList<string> Headers => [];

    /// <summary>Checks that the body holds its proof already.</summary>
    public sealed override void Sign(
        in SigningContext context, ReadOnlySpan<byte> body, ISignatureHeaderWriter headers)
    {
        var asked = new VerificationContext
        {
            Headers = default,
            Secrets = [ActiveSecrets.FirstToSign(this, context)],
            Now = context.Timestamp,
        };
        if (!Verify(asked, body).IsVerified)
        {
            throw new InvalidOperationException($"The proof of the scheme '{Name}' is part of the body. {mend}");
        }
    }

    public sealed override bool TryBeginVerification(
        in VerificationContext context,
        [NotNullWhen(true)] out SignatureVerification? verification,
        out VerificationResult refusal)
    {
        verification = Begin(context);
        refusal = default;
        return true;
    }

    /// <summary>Begins to look at a body.</summary>
    /// <param name="context">What it is judged by.</param>
    /// <returns>A verification that is given the body.</returns>
    protected abstract SignatureVerification Begin(in VerificationContext context);
}
