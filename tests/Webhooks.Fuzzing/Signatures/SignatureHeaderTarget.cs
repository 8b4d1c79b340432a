namespace Webhooks.Fuzzing;

/// <summary>Signature headers of the three formats, against a reader that splits and compares.</summary>
public sealed class SignatureHeaderTarget() : FuzzTarget("signature-headers")
{
    private const int Length = 4;

    private static readonly SignatureLayout[] Layouts =
    [
        new() { SignatureHeader = "s", Prefix = "sha256=", Encoding = SignatureEncoding.Hex },
        new() { SignatureHeader = "s", Encoding = SignatureEncoding.Base64 },
        new() { SignatureHeader = "s", HeaderFormat = SignatureHeaderFormat.VersionedList },
        new()
        {
            SignatureHeader = "s", HeaderFormat = SignatureHeaderFormat.NamedItems, TimestampItem = "t",
            Encoding = SignatureEncoding.Hex,
        },
        new()
        {
            SignatureHeader = "s", HeaderFormat = SignatureHeaderFormat.NamedItems, ItemSeparator = ';',
            SignatureItem = "h1", Encoding = SignatureEncoding.Hex, MaximumSignatures = 2,
        },
    ];

    public override IEnumerable<byte[]> Seeds =>
    [
        "0sha256=00ff10ab"u8.ToArray(), "1QUJDRA=="u8.ToArray(), "2v1,QUJDRA== v1a,xyz v1,AAAAAA=="u8.ToArray(),
        "3t=1700000000,v1=00ff10ab,v0=aa,v1=00000000"u8.ToArray(), "4ts=1;h1=00ff10ab; h1=11111111"u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        if (input.Length == 0)
            return;

        var layout = Layouts[input[0] % Layouts.Length];
        var header = InputText.Of(input.AsSpan(1));
        var bytes = new byte[Length * layout.MaximumSignatures];
        var signatures = new SignatureCollector(layout.Encoding, Length, bytes);
        Range? timestamp = null;
        var outcome = SignatureHeaderReader.Read(layout, header, ref signatures, ref timestamp);

        if (outcome == VerificationOutcome.Verified)
            Compare(layout, header, bytes.AsSpan(0, signatures.Count * Length), timestamp);
        else
            Law.Holds(
                outcome is VerificationOutcome.MalformedHeader or VerificationOutcome.TooManySignatures, $"{outcome}");
    }

    private static void Compare(
        SignatureLayout layout, string header, ReadOnlySpan<byte> found, Range? timestamp)
    {
        byte[] expected = [.. Texts(layout, header).Select(text => Decode(layout.Encoding, text)).SelectMany(b => b ?? [])];
        Law.Holds(found.SequenceEqual(expected), $"the signatures of '{header}'");
        var times = layout.TimestampItem is null ? [] : Items(layout, header)
            .Where(item => item.StartsWith(layout.TimestampItem + "=", StringComparison.Ordinal))
            .Select(item => item[(layout.TimestampItem.Length + 1)..]).ToArray();
        Law.AreEqual(layout.TimestampItem is null ? 0 : 1, times.Length, "the timestamps");
        Law.AreEqual(times.SingleOrDefault(), timestamp is { } range ? header[range] : null, "the timestamp");
    }

    private static IEnumerable<string> Texts(SignatureLayout layout, string header) => layout.HeaderFormat switch
    {
        SignatureHeaderFormat.Prefixed =>
            header.StartsWith(layout.Prefix, StringComparison.Ordinal) ? [header[layout.Prefix.Length..]] : [],
        SignatureHeaderFormat.VersionedList => Named(header.Split(' '), layout.SignatureItem + ","),
        _ => Named(Items(layout, header), layout.SignatureItem + "="),
    };

    private static IEnumerable<string> Items(SignatureLayout layout, string header) =>
        header.Split(layout.ItemSeparator).Select(item => item.Trim(' ', '\t'));

    private static IEnumerable<string> Named(IEnumerable<string> items, string start) =>
        items.Where(item => item.StartsWith(start, StringComparison.Ordinal)).Select(item => item[start.Length..]);

    private static byte[]? Decode(SignatureEncoding encoding, string text)
    {
        var bytes = new byte[Length];
        return SignatureEncodings.TryRead(encoding, text, bytes) ? bytes : null;
    }
}
