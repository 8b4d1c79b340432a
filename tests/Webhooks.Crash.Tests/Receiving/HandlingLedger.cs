using System.Collections.Concurrent;

namespace Webhooks.Crash;

/// <summary>How far receivers said they were with each webhook.</summary>
internal sealed class HandlingLedger : ILedger
{
    private readonly ConcurrentDictionary<(string Node, string Webhook), Step> _last = new();
    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);
    private int _begunCount;
    private int _handled;

    /// <summary>The webhooks whose handler has begun at least once.</summary>
    public int Begun => Volatile.Read(ref _begunCount);

    /// <summary>How often a handler came to its end.</summary>
    public int Handled => Volatile.Read(ref _handled);

    public bool TryEnter(string line)
    {
        var words = line.Split(' ');
        if (!Enum.TryParse<Step>(words[0], ignoreCase: true, out var step))
            return false;

        _last[(words[1], words[2])] = step;
        if (_begun.TryAdd(words[2], true))
            Interlocked.Increment(ref _begunCount);
        if (step == Step.Handled)
            Interlocked.Increment(ref _handled);
        return true;
    }

    /// <summary>How many handlers got as far as a step and no further, or threw.</summary>
    public int Count(Step step) => _last.Values.Count(last => last == step);
}
