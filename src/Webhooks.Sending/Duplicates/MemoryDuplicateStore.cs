using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Remembers webhooks in the process. Keys are spread over shards, so that callers seldom wait for each
/// other.</summary>
internal sealed class MemoryDuplicateStore : WebhookDuplicateStore
{
    public const int DefaultCapacity = 100_000;

    private const int MostShards = 16;
    private const int LeastPerShard = 1024;

    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly MemoryDuplicateShard[] _shards;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Counter<long> _forgotten;
    private readonly int _capacity;
    private readonly long _logInterval;
    private long _nextLog;

    public MemoryDuplicateStore(int capacity, TimeProvider time, ILogger logger, IMeterFactory meters)
    {
        (_capacity, _time, _logger) = (capacity, time, logger);
        _logInterval = (long)(LogInterval.TotalSeconds * time.TimestampFrequency);
        _nextLog = long.MinValue;
        _forgotten = meters.Create(new MeterOptions("Webhooks")).CreateCounter<long>(
            "webhooks.duplicates.forgotten",
            "{webhook}",
            "Handled webhooks that were forgotten before their time, since the memory for them was full.");
        _shards = new MemoryDuplicateShard[Math.Clamp(capacity / LeastPerShard, 1, MostShards)];
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = new MemoryDuplicateShard(capacity / _shards.Length);
    }

    public override string Name => "memory";

    public override bool IsShared => false;

    /// <summary>How many webhooks are held or remembered.</summary>
    public int Count => _shards.Sum(static shard => shard.Count);

    public static MemoryDuplicateStore Create(IServiceProvider provider, int capacity = DefaultCapacity) => new(
        capacity,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Webhooks.Duplicates"),
        provider.GetRequiredService<IMeterFactory>());

    public override ValueTask<DuplicateClaim> ClaimAsync(
        string key, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        var now = _time.GetTimestamp();
        return new(ShardOf(key).Claim(key, now, Later(now, hold)));
    }

    public override ValueTask<bool> RenewAsync(
        string key, long token, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        return new(ShardOf(key).TryRenew(key, token, Later(_time.GetTimestamp(), hold)));
    }

    public override ValueTask<bool> CompleteAsync(
        string key, long token, TimeSpan keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keep, TimeSpan.Zero);
        var now = _time.GetTimestamp();
        var done = ShardOf(key).TryComplete(key, token, now, Later(now, keep), out var forgotten);
        if (forgotten > 0)
            Report(forgotten, now);
        return new(done);
    }

    public override ValueTask ReleaseAsync(string key, long token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ShardOf(key).Release(key, token);
        return default;
    }

    private MemoryDuplicateShard ShardOf(string key) =>
        _shards.Length == 1 ? _shards[0] : _shards[(uint)key.GetHashCode(StringComparison.Ordinal) % _shards.Length];

    private long Later(long now, TimeSpan time)
    {
        var ticks = time.TotalSeconds * _time.TimestampFrequency;
        return ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue;
    }

    /// <summary>Once a minute is enough: who has too little memory has it for every webhook.</summary>
    private void Report(int forgotten, long now)
    {
        _forgotten.Add(forgotten);
        var next = Volatile.Read(ref _nextLog);
        if (now >= next && Interlocked.CompareExchange(ref _nextLog, now + _logInterval, next) == next)
            _logger.DuplicateMemoryFull(_capacity);
    }
}
