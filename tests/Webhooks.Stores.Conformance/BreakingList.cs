using System.Collections;

namespace Webhooks.Stores;

/// <summary>A list that says it is longer than it is, and throws where it ends.</summary>
internal sealed class BreakingList<T>(IReadOnlyList<T> items, int count) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index] => index < items.Count ? items[index] : throw Broken();

    public IEnumerator<T> GetEnumerator()
    {
        foreach (var item in items)
            yield return item;
        throw Broken();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static InvalidOperationException Broken() => new("The list broke off.");
}
