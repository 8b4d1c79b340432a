using System.Globalization;
using System.Text;

namespace Webhooks;

/// <summary>A bare item of a structured field, in place.</summary>
/// <param name="kind">Its type.</param>
/// <param name="text">A string without its quotes but with its escapes, a byte sequence's base64, or the whole
/// text.</param>
/// <param name="integer">The value of an integer; 1 for a true boolean.</param>
internal readonly ref struct StructuredFieldItem(StructuredFieldKind kind, ReadOnlySpan<char> text, long integer)
{
    public StructuredFieldKind Kind { get; } = kind;

    public ReadOnlySpan<char> Text { get; } = text;

    public long Integer { get; } = integer;

    public static StructuredFieldItem True => new(StructuredFieldKind.Boolean, "?1", 1);

    /// <summary>The value of a string, its escapes resolved.</summary>
    public string Unescape()
    {
        if (!Text.Contains('\\'))
            return Text.ToString();

        var value = new StringBuilder(Text.Length);
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\\')
                i++;
            value.Append(Text[i]);
        }

        return value.ToString();
    }

    /// <summary>Writes the item in the one way that serialising it has (RFC 8941, section 4.1).</summary>
    public void WriteTo(StringBuilder output)
    {
        switch (Kind)
        {
            case StructuredFieldKind.Integer:
                output.Append(CultureInfo.InvariantCulture, $"{Integer}");
                break;
            case StructuredFieldKind.Decimal:
                WriteDecimal(output);
                break;
            case StructuredFieldKind.String:
                output.Append('"').Append(Text).Append('"');
                break;
            case StructuredFieldKind.ByteSequence:
                output.Append(':').Append(Text).Append(':');
                break;
            default:
                output.Append(Text);
                break;
        }
    }

    private void WriteDecimal(StringBuilder output)
    {
        var digits = Text.TrimStart('-');
        var whole = digits[..digits.IndexOf('.')].TrimStart('0');
        var fraction = digits[(digits.IndexOf('.') + 1)..].TrimEnd('0');
        var isZero = whole.IsEmpty && fraction.IsEmpty;
        output.Append(Text[0] == '-' && !isZero ? "-" : "")
            .Append(whole.IsEmpty ? "0" : whole).Append('.').Append(fraction.IsEmpty ? "0" : fraction);
    }
}
