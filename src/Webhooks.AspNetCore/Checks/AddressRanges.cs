namespace Webhooks;

/// <summary>Ranges of numbers, without overlaps and in order, so that a list of thousands costs little more than one of
/// ten.</summary>
internal sealed class AddressRanges
{
    private readonly UInt128[] _firsts;
    private readonly UInt128[] _lasts;

    public AddressRanges(IEnumerable<(UInt128 First, UInt128 Last)> ranges)
    {
        var merged = new List<(UInt128 First, UInt128 Last)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && merged[^1].Last >= range.First)
                merged[^1] = (merged[^1].First, UInt128.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        _firsts = [.. merged.Select(range => range.First)];
        _lasts = [.. merged.Select(range => range.Last)];
    }

    public bool Contains(UInt128 number)
    {
        var index = Array.BinarySearch(_firsts, number);
        if (index < 0)
            index = ~index - 1;
        return index >= 0 && number <= _lasts[index];
    }
}
