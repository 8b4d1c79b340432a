using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;

namespace Webhooks.Crash;

/// <summary>One receiver: what it answers, and what it got.</summary>
internal sealed class SinkEndpoint(string id, Uri url, string secret, Answer answer)
{
    private static readonly byte[] PayloadStart = """{"at":"""u8.ToArray();

    private readonly ConcurrentDictionary<string, Received> _received = new(StringComparer.Ordinal);
    private int _attempts;
    private int _overlaps;

    public string Id => id;

    public Uri Url => url;

    public string Secret => secret;

    public IReadOnlyList<SigningSecret> Secrets { get; } = [SigningSecret.Parse(secret)];

    /// <summary>The longest that an attempt may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The event type that it subscribes to.</summary>
    public string EventType { get; init; } = "order.placed";

    /// <summary>Whether messages to it are owed; not after it was deleted.</summary>
    public bool IsOwed { get; set; } = true;

    /// <summary>What it answers; may be changed at any time.</summary>
    public Answer Answer { get; set; } = answer;

    /// <summary>How many attempts arrived.</summary>
    public int Attempts => _attempts;

    /// <summary>How many attempts began while another one of the same delivery was under way.</summary>
    public int Overlaps => _overlaps;

    /// <summary>The deliveries that arrived, by message id.</summary>
    public IReadOnlyDictionary<string, Received> Received => _received;

    public Attempt Begin(Attempt arriving, in ReadOnlySequence<byte> body)
    {
        Interlocked.Increment(ref _attempts);
        var received = _received.GetOrAdd(arriving.MessageId, static _ => new Received());
        var attempt = received.Begin(arriving with { PublishedAt = PublishedAt(body) }, out var overlaps);
        if (overlaps)
            Interlocked.Increment(ref _overlaps);
        return attempt;
    }

    public void End(Attempt attempt, bool accepted) => _received[attempt.MessageId].End(accepted);

    /// <summary>Whether it has accepted a message.</summary>
    public bool Has(string message) => _received.TryGetValue(message, out var received) && received.Accepted > 0;

    private static long PublishedAt(in ReadOnlySequence<byte> body)
    {
        var text = body.FirstSpan;
        return text.StartsWith(PayloadStart) && Utf8Parser.TryParse(text[PayloadStart.Length..], out long at, out _)
            ? at
            : 0;
    }
}
