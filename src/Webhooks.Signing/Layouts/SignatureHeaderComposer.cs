namespace Webhooks;

/// <summary>Writes signature headers of the three formats, with no allocation but the header's own string.</summary>
internal sealed class SignatureHeaderComposer(SignatureLayout layout, int signatureLength)
{
    private const int StackCharacters = 512;
    private const int StackBytes = 128;

    private readonly string _label = layout.HeaderFormat switch
    {
        SignatureHeaderFormat.VersionedList => layout.SignatureItem + ",",
        SignatureHeaderFormat.NamedItems => layout.SignatureItem + "=",
        _ => layout.Prefix,
    };

    private readonly char _separator =
        layout.HeaderFormat == SignatureHeaderFormat.VersionedList ? ' ' : layout.ItemSeparator;

    /// <summary>
    /// Writes the signatures. A header that holds a single one takes the first key's; further keys sign only where
    /// the layout has further headers for them.
    /// </summary>
    public void Write(
        SignatureComputation computation, int keys, string? timestamp, string[] names, ISignatureHeaderWriter headers)
    {
        if (layout.HeaderFormat != SignatureHeaderFormat.Prefixed)
        {
            headers.Write(names[0], Compose(computation, 0, keys, timestamp));
            return;
        }

        for (var key = 0; key < Math.Min(keys, names.Length); key++)
        {
            headers.Write(names[key], Compose(computation, key, 1, null));
        }
    }

    private string Compose(SignatureComputation computation, int firstKey, int keys, string? timestamp)
    {
        var entryLength = _label.Length + SignatureEncodings.TextLength(layout.Encoding, signatureLength) + 1;
        var maximum = (keys * entryLength) + (layout.TimestampItem?.Length + timestamp?.Length + 2 ?? 0);
        var text = maximum <= StackCharacters ? stackalloc char[StackCharacters] : new char[maximum];
        var length = 0;
        if (layout.TimestampItem is not null)
        {
            Append(text, ref length, layout.TimestampItem);
            Append(text, ref length, "=");
            Append(text, ref length, timestamp);
        }

        Span<byte> signature = signatureLength <= StackBytes ? stackalloc byte[signatureLength]
            : new byte[signatureLength];
        for (var key = firstKey; key < firstKey + keys; key++)
        {
            if (length > 0)
            {
                text[length++] = _separator;
            }

            computation.Sign(key, signature);
            Append(text, ref length, _label);
            length += SignatureEncodings.Write(layout.Encoding, signature, text[length..]);
        }

        return new string(text[..length]);
    }

    private static void Append(Span<char> text, ref int length, ReadOnlySpan<char> piece)
    {
        piece.CopyTo(text[length..]);
        length += piece.Length;
    }
}
