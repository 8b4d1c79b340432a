namespace Webhooks.Fuzzing;

/// <summary>Payload filters (first line) and payloads (the rest): a filter that is read is written and read the same,
/// and judges any payload without throwing.</summary>
public sealed class PayloadFilterTarget() : FuzzTarget("payload-filters")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        """
        [{"at":"/data/currency","in":["EUR","CHF"]},{"at":"/data/amount","atLeast":100}]
        {"data":{"currency":"EUR","amount":100.5}}
        """u8.ToArray(),
        """
        [{"at":"/a~1b/0","exists":true},{"at":"","notEquals":null},{"at":"/n","lessThan":1e400}]
        {"a/b":[1],"n":-1e400}
        """u8.ToArray(),
        """
        [{"at":"/t","equals":"\ud83d\ude00"}]
        {"t":"\ud800"}
        """u8.ToArray(),
    ];

    protected override void Check(byte[] input)
    {
        var (first, rest) = InputText.Split(input);
        if (!PayloadFilter.TryParse(first, out var filter))
            return;

        Law.Holds(PayloadFilter.TryParse(filter.ToString(), out var again), "what is written is read");
        Law.AreEqual(filter.ToString(), again!.ToString(), "the filter written again");
        using var payload = PayloadDocument.TryParse(InputText.From(rest));
        if (payload is not null)
            Law.AreEqual(filter.Matches(payload.RootElement), again.Matches(payload.RootElement), "what the filter says");
    }
}
