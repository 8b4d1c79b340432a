using System.Collections.Concurrent;

namespace Webhooks.Crash;

/// <summary>A webhook of the provider, and what became of its copies.</summary>
internal sealed class SentWebhook(string source, bool isForged)
{
    private readonly ConcurrentDictionary<Uri, bool> _acceptedBy = new();
    private int _accepted;

    public MessageId Id { get; } = MessageId.New();

    /// <summary>The source that it goes to.</summary>
    public string Source { get; } = source;

    /// <summary>Whether its signature is wrong.</summary>
    public bool IsForged { get; } = isForged;

    /// <summary>How many of its copies were accepted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether a receiver answered one of its copies with 2xx.</summary>
    public bool IsAcceptedBy(Uri receiver) => _acceptedBy.ContainsKey(receiver);

    /// <returns>Whether it is the first time.</returns>
    public bool Accept(Uri receiver)
    {
        _acceptedBy[receiver] = true;
        return Interlocked.Increment(ref _accepted) == 1;
    }
}
