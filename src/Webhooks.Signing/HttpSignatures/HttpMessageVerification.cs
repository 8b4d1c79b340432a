namespace Webhooks;

/// <summary>A request whose signature is right: what is left to check is the body.</summary>
/// <param name="digest">The digests that it must have.</param>
/// <param name="signature">The signature.</param>
/// <param name="messageId">The message id.</param>
/// <param name="identity">A digest of what tells the message from others.</param>
internal sealed class HttpMessageVerification(
    ContentDigest digest, VerifiedSignature signature, string? messageId, byte[] identity) : SignatureVerification
{
    public override void Append(ReadOnlySpan<byte> body) => digest.Append(body);

    public override VerificationResult Complete()
    {
        if (!digest.Matches())
            return VerificationResult.Refuse(VerificationOutcome.ContentMismatch);

        var created = DateTimeOffset.FromUnixTimeSeconds(signature.Input.Created!.Value);
        return VerificationResult.Accept(signature.Secret, messageId, created) with { ContentDigest = identity };
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        digest.Dispose();
    }
}
