using System.Collections.Concurrent;

namespace Webhooks;

/// <summary>The published lists that sources ask for. Sources that ask for the same one share it, and one whose options
/// are loaded again finds it as it was.</summary>
internal sealed class PublishedLists(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PublishedList> _lists = new(StringComparer.Ordinal);
    private TaskCompletionSource _added = Signal();

    public ICollection<PublishedList> All => _lists.Values;

    /// <summary>Completed when a list has come that wasn't there when this was read.</summary>
    public Task Added => Volatile.Read(ref _added).Task;

    public PublishedList Get(PublishedNetworks definition, AddressList? seeds, PublishedPath[] paths)
    {
        if (_lists.TryGetValue(definition.Identity, out var list))
            return list;

        list = _lists.GetOrAdd(definition.Identity, _ => new PublishedList(definition, seeds, paths, time));
        Interlocked.Exchange(ref _added, Signal()).SetResult();
        return list;
    }

    /// <summary>Forgets the lists that no source asks for any more.</summary>
    public void Keep(IReadOnlySet<PublishedList> used)
    {
        foreach (var (identity, list) in _lists)
        {
            if (!used.Contains(list))
                _lists.TryRemove(identity, out _);
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
