using System.Text;

namespace Webhooks.Fuzzing;

/// <summary>Dictionaries of structured fields: what is read and written again is read the same, and written the same.</summary>
public sealed class StructuredFieldTarget() : FuzzTarget("structured-fields")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        "a=1, b=?0;x=\"y\\\\\", c"u8.ToArray(), "sig1=:QUJDRA==:;n=-12.30, t=tok/en:*"u8.ToArray(),
        "l=1.0 "u8.ToArray(), "*k=-999999999999999;a;b=?1;c=:AA==:"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        if (Rewrite(InputText.Of(input)) is not { } written)
            return;

        Law.AreEqual(written, Rewrite(written), "what was written, read and written again");
    }

    private static string? Rewrite(string text)
    {
        var reader = new StructuredFieldReader(text);
        var output = new StringBuilder();
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadMember(out var key, out var hasValue))
                return null;

            output.Append(output.Length == 0 ? "" : ", ").Append(key);
            if (hasValue && !TryCopyItem(ref reader, output))
                return null;
            while (reader.IsNext(';'))
            {
                if (!TryCopyParameter(ref reader, output))
                    return null;
            }
        }

        return output.ToString();
    }

    private static bool TryCopyItem(ref StructuredFieldReader reader, StringBuilder output)
    {
        if (!reader.TryReadItem(out var item))
            return false;

        item.WriteTo(output.Append('='));
        if (item.Kind == StructuredFieldKind.ByteSequence)
            _ = Convert.FromBase64String(item.Text.ToString());
        Law.Holds(!item.Unescape().Contains("\\\\\\", StringComparison.Ordinal) || item.Text.Contains('\\'), "escapes resolve");
        return true;
    }

    private static bool TryCopyParameter(ref StructuredFieldReader reader, StringBuilder output)
    {
        if (!reader.TryReadParameter(out var key, out var value))
            return false;

        Law.Holds(!key.IsEmpty, "a parameter has a key");
        value.WriteTo(output.Append(';').Append(key).Append('='));
        return true;
    }
}
