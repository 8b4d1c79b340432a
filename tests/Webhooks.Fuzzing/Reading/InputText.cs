using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>Inputs as text. What isn't UTF-8 becomes U+FFFD, so that any bytes are some text.</summary>
internal static class InputText
{
    public static string Of(ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(input);

    public static byte[] From(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The first line, and the rest of the text.</summary>
    public static (string Line, string Below) Split(ReadOnlySpan<byte> input)
    {
        var text = Of(input);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..end], text[(end + 1)..]);
    }
}
