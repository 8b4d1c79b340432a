using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Webhooks;

/// <summary>A distributed cache, as far as one process can be distributed, that goes by a given clock.</summary>
internal sealed class ClockedCache(TimeProvider clock) : IDistributedCache
{
    private readonly ConcurrentDictionary<string, (byte[] Value, DateTimeOffset Until)> _entries = new();

    public byte[]? Get(string key) =>
        _entries.TryGetValue(key, out var entry) && entry.Until > clock.GetUtcNow() ? entry.Value : null;

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        await Task.Yield();
        return Get(key);
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        _entries[key] = (value, clock.GetUtcNow() + options.AbsoluteExpirationRelativeToNow!.Value);

    public async Task SetAsync(
        string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        await Task.Yield();
        Set(key, value, options);
    }

    public void Remove(string key) => _entries.TryRemove(key, out _);

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        await Task.Yield();
        Remove(key);
    }

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();
}
