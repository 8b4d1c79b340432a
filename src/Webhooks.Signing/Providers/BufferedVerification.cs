namespace Webhooks;

/// <summary>A verification that has to see the whole body before it knows what is signed.</summary>
internal abstract class BufferedVerification : SignatureVerification
{
    private readonly RentedBytes _body = new();

    protected ReadOnlyMemory<byte> Body => _body.Memory;

    public override void Append(ReadOnlySpan<byte> body) => _body.Append(body);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _body.Reset();
    }

    protected static VerificationResult Refuse(VerificationOutcome reason) => VerificationResult.Refuse(reason);
}
