using System.Buffers.Binary;
using Microsoft.Extensions.Caching.Distributed;

namespace Webhooks;

/// <summary>
/// Remembers received webhooks in a distributed cache, which can't compare and set: this process's callers wait for each
/// other, but two processes that are asked about the same webhook at the same moment may both be told that it is new.
/// </summary>
internal sealed class DistributedDuplicateStore(IDistributedCache cache) : WebhookDuplicateStore, IDisposable
{
    private const string Prefix = "webhooks.received:";
    private const int GateCount = 64;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, GateCount).Select(_ => new SemaphoreSlim(1))];

    public override string Name => "distributed cache";

    public override bool IsShared => true;

    public override ValueTask<DuplicateClaim> ClaimAsync(
        string key, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        return AloneAsync(
            key,
            async name =>
            {
                if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } known)
                    return new DuplicateClaim(known.IsHandled ? DuplicateState.Handled : DuplicateState.InProgress, 0);
                var token = NewToken();
                await SetAsync(name, new Entry(token, IsHandled: false), hold, cancellationToken).ConfigureAwait(false);
                return new DuplicateClaim(DuplicateState.New, token);
            },
            cancellationToken);
    }

    public override ValueTask<bool> RenewAsync(
        string key, long token, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        return AloneAsync(
            key,
            async name =>
            {
                var held = new Entry(token, IsHandled: false);
                if (await FindAsync(name, cancellationToken).ConfigureAwait(false) != held)
                    return false;
                await SetAsync(name, held, hold, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public override ValueTask<bool> CompleteAsync(
        string key, long token, TimeSpan keep, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keep, TimeSpan.Zero);
        return AloneAsync(
            key,
            async name =>
            {
                if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } known && known.Token != token)
                    return false;
                await SetAsync(name, new Entry(token, IsHandled: true), keep, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public override async ValueTask ReleaseAsync(string key, long token, CancellationToken cancellationToken)
        => await AloneAsync(
            key,
            async name =>
            {
                if (await FindAsync(name, cancellationToken).ConfigureAwait(false) == new Entry(token, IsHandled: false))
                    await cache.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate.Dispose();
    }

    private async ValueTask<T> AloneAsync<T>(
        string key, Func<string, Task<T>> work, CancellationToken cancellationToken)
    {
        var digest = DigestOf(key);
        var gate = _gates[digest[0] % GateCount];
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(Prefix + Convert.ToHexStringLower(digest)).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Entry?> FindAsync(string name, CancellationToken cancellationToken)
        => await cache.GetAsync(name, cancellationToken).ConfigureAwait(false) is { Length: Entry.Length } bytes
            ? Entry.Read(bytes)
            : null;

    private Task SetAsync(string name, Entry entry, TimeSpan time, CancellationToken cancellationToken)
        => cache.SetAsync(
            name,
            entry.Write(),
            new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = time },
            cancellationToken);

    private readonly record struct Entry(long Token, bool IsHandled)
    {
        public const int Length = sizeof(long) + 1;

        public static Entry Read(byte[] bytes) => new(BinaryPrimitives.ReadInt64LittleEndian(bytes), bytes[^1] == 1);

        public byte[] Write()
        {
            var bytes = new byte[Length];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, Token);
            bytes[^1] = IsHandled ? (byte)1 : (byte)0;
            return bytes;
        }
    }
}
