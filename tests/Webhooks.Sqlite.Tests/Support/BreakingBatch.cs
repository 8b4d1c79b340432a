using System.Collections;

namespace Webhooks.Tests;

/// <summary>Two messages, of which the second can't be had.</summary>
internal sealed class BreakingBatch(NewMessage first) : IReadOnlyList<NewMessage>
{
    public int Count => 2;

    public NewMessage this[int index] => index == 0 ? first : throw new InvalidOperationException("The list broke off.");

    public IEnumerator<NewMessage> GetEnumerator() => throw new NotSupportedException();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
