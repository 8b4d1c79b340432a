using System.Collections.Concurrent;

namespace Webhooks.Crash;

/// <summary>
/// What the nodes said: which messages they began to publish, which were accepted, which they were about to roll back,
/// and which publishing refused. What a node had no time to say before it was killed is uncertain, and both ends of it
/// are right.
/// </summary>
internal sealed class Ledger : ILedger
{
    private readonly ConcurrentDictionary<string, Entry> _messages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _refusals = new();
    private int _accepted;

    /// <summary>What was last said of each message.</summary>
    public IReadOnlyDictionary<string, Entry> Messages => _messages;

    /// <summary>Why publishing threw, each time it did.</summary>
    public IReadOnlyCollection<string> Refusals => _refusals;

    public int Accepted => Volatile.Read(ref _accepted);

    public int Count(Word word) => _messages.Values.Count(entry => entry.Word == word);

    /// <summary>Takes a node's line, if it is about messages.</summary>
    public bool TryEnter(string line)
    {
        var parts = line.Split(" | ", 2);
        var words = parts[0].Split(' ');
        if (!Enum.TryParse<Word>(words[0], ignoreCase: true, out var word))
            return false;

        foreach (var id in words.AsSpan(2))
            Enter(id, new Entry(word, words[1]));
        if (parts.Length > 1)
            _refusals.Enqueue(parts[1]);
        return true;
    }

    private void Enter(string id, Entry entry)
    {
        if (entry.Word == Word.Accepted)
            Interlocked.Increment(ref _accepted);

        // A transaction that threw is as doomed, or as uncertain, as before.
        _messages.AddOrUpdate(
            id,
            entry,
            (_, before) => entry.Word == Word.Refused && before.Word != Word.Began ? before : entry);
    }
}
