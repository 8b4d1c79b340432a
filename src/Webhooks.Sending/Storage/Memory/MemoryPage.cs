namespace Webhooks;

/// <summary>Pages by key.</summary>
internal static class MemoryPage
{
    public static IEnumerable<long> Of(SortedSet<long> numbers, long? after, bool oldestFirst)
    {
        if (oldestFirst)
        {
            return after is null ? numbers
                : after < long.MaxValue ? numbers.GetViewBetween(after.Value + 1, long.MaxValue)
                : [];
        }

        return after is null ? numbers.Reverse()
            : after > long.MinValue ? numbers.GetViewBetween(long.MinValue, after.Value - 1).Reverse()
            : [];
    }
}
