namespace Webhooks;

/// <summary>Reads signature headers of the three formats. Does a bounded amount of work on any input.</summary>
internal static class SignatureHeaderReader
{
    private const int MaximumLength = 8192;

    /// <summary>Gathers a header's signatures, and the place of its timestamp if it has one.</summary>
    /// <returns><see cref="VerificationOutcome.Verified"/> unless the header as a whole is to be refused.</returns>
    public static VerificationOutcome Read(
        SignatureLayout layout, ReadOnlySpan<char> header, ref SignatureCollector signatures, ref Range? timestamp)
    {
        if (CountEntries(layout, header) > layout.MaximumSignatures)
        {
            return VerificationOutcome.TooManySignatures;
        }

        if (header.Length > MaximumLength)
        {
            return VerificationOutcome.MalformedHeader;
        }

        switch (layout.HeaderFormat)
        {
            case SignatureHeaderFormat.VersionedList:
                ReadVersionedList(layout, header, ref signatures);
                return VerificationOutcome.Verified;
            case SignatureHeaderFormat.NamedItems:
                return ReadNamedItems(layout, header, ref signatures, ref timestamp);
            default:
                ReadPrefixed(layout, header, ref signatures);
                return VerificationOutcome.Verified;
        }
    }

    private static int CountEntries(SignatureLayout layout, ReadOnlySpan<char> header) => layout.HeaderFormat switch
    {
        SignatureHeaderFormat.VersionedList => header.Count(' ') + 1,

        // The timestamp takes an entry of its own.
        SignatureHeaderFormat.NamedItems => header.Count(layout.ItemSeparator) + (layout.TimestampItem is null ? 1 : 0),
        _ => 1,
    };

    private static void ReadPrefixed(SignatureLayout layout, ReadOnlySpan<char> header,
        ref SignatureCollector signatures)
    {
        if (header.StartsWith(layout.Prefix))
        {
            signatures.Add(header[layout.Prefix.Length..]);
        }
        else
        {
            var mark = header.IndexOf('=');
            signatures.Skip(mark == header.Length - 1 || mark < 0 ? [] : header[..mark]);
        }
    }

    private static void ReadVersionedList(
        SignatureLayout layout, ReadOnlySpan<char> header, ref SignatureCollector signatures)
    {
        foreach (var range in header.Split(' '))
        {
            var entry = header[range];
            var comma = entry.IndexOf(',');
            if (entry.IsEmpty)
            {
                continue;
            }

            if (comma >= 0 && entry[..comma].SequenceEqual(layout.SignatureItem))
            {
                signatures.Add(entry[(comma + 1)..]);
            }
            else
            {
                signatures.Skip(comma < 0 ? [] : entry[..comma]);
            }
        }
    }

    private static VerificationOutcome ReadNamedItems(
        SignatureLayout layout, ReadOnlySpan<char> header, ref SignatureCollector signatures, ref Range? timestamp)
    {
        var signatureItems = 0;
        foreach (var range in header.Split(layout.ItemSeparator))
        {
            var (start, end) = Trim(header, range);
            var item = header[start..end];
            var mark = item.IndexOf('=');
            var name = mark < 0 ? item : item[..mark];
            if (mark >= 0 && name.SequenceEqual(layout.SignatureItem))
            {
                // The entries were counted as if a timestamp were among them.
                if (++signatureItems > layout.MaximumSignatures)
                {
                    return VerificationOutcome.TooManySignatures;
                }

                signatures.Add(item[(mark + 1)..]);
            }
            else if (mark >= 0 && layout.TimestampItem is not null && name.SequenceEqual(layout.TimestampItem))
            {
                // Two timestamps would let the one that is checked differ from the one that is signed.
                if (timestamp is not null)
                {
                    return VerificationOutcome.MalformedHeader;
                }

                timestamp = (start + mark + 1)..end;
            }
            else if (!item.IsEmpty)
            {
                signatures.Skip(mark < 0 ? [] : name);
            }
        }

        return layout.TimestampItem is not null && timestamp is null
            ? VerificationOutcome.MalformedHeader
            : VerificationOutcome.Verified;
    }

    private static (int Start, int End) Trim(ReadOnlySpan<char> header, Range range)
    {
        var (start, length) = range.GetOffsetAndLength(header.Length);
        var end = start + length;
        while (start < end && header[start] is ' ' or '\t')
        {
            start++;
        }

        while (end > start && header[end - 1] is ' ' or '\t')
        {
            end--;
        }

        return (start, end);
    }
}
