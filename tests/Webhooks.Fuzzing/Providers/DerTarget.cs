using System.Formats.Asn1;

namespace Webhooks.Fuzzing;

/// <summary>Signatures of ECDSA in DER: what is read has one encoding.</summary>
public sealed class DerTarget() : FuzzTarget("der-signatures")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        Convert.FromHexString("3006020101020102"), Convert.FromHexString("300702020080020102"),
        [0x30, 0x46, 0x02, 0x21, 0x00, .. Enumerable.Repeat((byte)0xFF, 32), 0x02, 0x21, 0x00, .. Enumerable.Repeat((byte)0x80, 32)],
        [0x30, 0x44, 0x02, 0x20, .. Enumerable.Repeat((byte)0x7F, 32), 0x02, 0x20, .. Enumerable.Repeat((byte)0x01, 32)],
    ];

    protected override void Check(byte[] input)
    {
        Span<byte> signature = stackalloc byte[EcdsaKeys.SignatureLength];
        if (EcdsaKeys.TryReadDer(input, signature))
            Law.Holds(Write(signature).AsSpan().SequenceEqual(input), "a signature has one encoding in DER");
    }

    private static byte[] Write(ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Trim(signature[..32]));
            writer.WriteIntegerUnsigned(Trim(signature[32..]));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> number) =>
        number.TrimStart((byte)0) is { IsEmpty: false } rest ? rest : [0];
}
