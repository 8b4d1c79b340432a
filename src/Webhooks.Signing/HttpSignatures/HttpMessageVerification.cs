namespace Webhooks;

/// <summary>A request whose signature is right: what is left to check is the body.</summary>
internal sealed class HttpMessageVerification(
    ContentDigest digest, SigningSecret secret, string? messageId, long created) : SignatureVerification
{
    public override void Append(ReadOnlySpan<byte> body) => digest.Append(body);

    public override VerificationResult Complete() => digest.Matches()
        ? VerificationResult.Accept(secret, messageId, DateTimeOffset.FromUnixTimeSeconds(created))
        : VerificationResult.Refuse(VerificationOutcome.ContentMismatch);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        digest.Dispose();
    }
}
