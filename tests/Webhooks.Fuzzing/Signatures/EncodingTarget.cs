using System.Buffers.Text;

namespace Webhooks.Fuzzing;

/// <summary>Hexadecimal digits, base64 and base64url: what is read has one text, and is what the platform reads.</summary>
public sealed class EncodingTarget() : FuzzTarget("encodings")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "00ff10Ab"u8.ToArray(), "QUJDRA=="u8.ToArray(), "QUJDREU="u8.ToArray(), "QUJD"u8.ToArray(),
        "_-AB"u8.ToArray(), "QUJDRA"u8.ToArray(), "QUJDRB=="u8.ToArray(), "QU JD"u8.ToArray(), ""u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var text = InputText.Of(input);
        foreach (var length in new[] { text.Length / 2, text.Length * 3 / 4, (text.Length * 3 / 4) - 1, (text.Length * 3 / 4) - 2 })
        {
            if (length < 0)
                continue;

            Compare(SignatureEncoding.Hex, text, length, ReadHex(text));
            Compare(SignatureEncoding.Base64, text, length, ReadBase64(text));
            Compare(SignatureEncoding.Base64Url, text, length, ReadBase64Url(text));
        }

        Law.AreEqual(ReadBase64(text) is not null, SignatureEncodings.IsBase64(text), "whether it is base64");
    }

    private static void Compare(SignatureEncoding encoding, string text, int length, byte[]? expected)
    {
        var bytes = new byte[length];
        var isRead = SignatureEncodings.TryRead(encoding, text, bytes);
        Law.AreEqual(expected?.Length == length, isRead, $"whether '{text}' is {length} bytes of {encoding}");
        if (!isRead)
            return;

        Law.Holds(bytes.AsSpan().SequenceEqual(expected), $"the bytes of {encoding}");
        var written = new char[SignatureEncodings.TextLength(encoding, length)];
        Law.AreEqual(written.Length, SignatureEncodings.Write(encoding, bytes, written), "the length of the text");
        Law.Holds(
            text.Equals(new string(written), encoding == SignatureEncoding.Hex
                ? StringComparison.OrdinalIgnoreCase
                : StringComparison.Ordinal),
            $"{encoding} has one text for some bytes");
    }

    private static byte[]? ReadHex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static byte[]? ReadBase64(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            return Convert.ToBase64String(bytes) == text ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? ReadBase64Url(string text)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return Base64Url.EncodeToString(bytes) == text ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
