using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>All of a store's endpoints at one revision.</summary>
internal sealed class EndpointSnapshot(long revision, IReadOnlyDictionary<long, EndpointEntry> byNumber)
{
    public static EndpointSnapshot Empty { get; } = new(0, new Dictionary<long, EndpointEntry>());

    public long Revision => revision;

    public IReadOnlyDictionary<long, EndpointEntry> ByNumber => byNumber;

    public bool TryFind(long number, [NotNullWhen(true)] out EndpointEntry? entry)
        => byNumber.TryGetValue(number, out entry);
}
