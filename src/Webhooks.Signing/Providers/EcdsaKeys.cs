using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Webhooks;

/// <summary>Keys and signatures of ECDSA with the curve P-256.</summary>
internal static class EcdsaKeys
{
    public const int SignatureLength = 64;

    private const int CoordinateLength = 32;

    /// <summary>Opens a key; the caller disposes of it.</summary>
    /// <exception cref="CryptographicException">It isn't a key of P-256.</exception>
    public static ECDsa Open(SigningSecret secret)
    {
        var key = ECDsa.Create();
        try
        {
            if (secret.Kind == SecretKind.PublicKey)
            {
                key.ImportSubjectPublicKeyInfo(secret.RevealKey(), out _);
            }
            else
            {
                key.ImportPkcs8PrivateKey(secret.RevealKey(), out _);
            }

            var curve = key.ExportParameters(includePrivateParameters: false).Curve;
            return curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? key
                : throw new CryptographicException("The key is not of the curve P-256.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Reads a signature written as a DER sequence of two integers.</summary>
    public static bool TryReadDer(ReadOnlyMemory<byte> der, Span<byte> signature)
    {
        signature.Clear();
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var pair = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            return TryReadCoordinate(pair, signature[..CoordinateLength])
                && TryReadCoordinate(pair, signature[CoordinateLength..])
                && !pair.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool TryReadCoordinate(AsnReader reader, Span<byte> coordinate)
    {
        var integer = reader.ReadIntegerBytes().Span;
        if (integer[0] >= 0x80)
        {
            return false;
        }

        integer = integer.Length > 1 && integer[0] == 0 ? integer[1..] : integer;
        if (integer.Length > CoordinateLength)
        {
            return false;
        }

        integer.CopyTo(coordinate[^integer.Length..]);
        return true;
    }
}
