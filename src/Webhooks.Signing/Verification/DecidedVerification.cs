namespace Webhooks;

/// <summary>A verification that the body can't change: the headers alone decided it.</summary>
internal sealed class DecidedVerification(VerificationResult result) : SignatureVerification
{
    public override void Append(ReadOnlySpan<byte> body)
    {
    }

    public override VerificationResult Complete() => result;
}
