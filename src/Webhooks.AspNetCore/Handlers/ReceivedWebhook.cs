using System.Buffers;
using System.Collections.ObjectModel;

namespace Webhooks;

/// <summary>A verified webhook on its way to its handlers, wherever it comes from: from its request, or from the
/// inbox.</summary>
internal sealed class ReceivedWebhook
{
    private ReadOnlySequence<byte> _body;
    private bool _released;

    public required string Source { get; init; }

    public required string? Id { get; init; }

    public required string? EventType { get; init; }

    public required DateTimeOffset? Timestamp { get; init; }

    public required string? ContentType { get; init; }

    /// <summary>Without what proves who sent it: that is nothing for handlers, nor for a store.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public required ReadOnlySequence<byte> Body
    {
        get
        {
            ObjectDisposedException.ThrowIf(_released, typeof(WebhookEvent));
            return _body;
        }

        init => _body = value;
    }

    public int Attempt { get; init; } = 1;

    /// <summary>Where it is in the inbox; null for none.</summary>
    public InboxPlace? Place { get; init; }

    /// <exception cref="InvalidOperationException">There is no inbox.</exception>
    public InboxPlace PlaceOrThrow() => Place ?? throw new InvalidOperationException(
        $"The webhook of '{Source}' is handled while its request waits, so there is nothing to mark. Keep its "
        + "webhooks in an inbox, in the database that the effect is in.");

    /// <summary>The span in which it was put into the inbox, as a <c>traceparent</c>; null for none.</summary>
    public string? StoredIn { get; init; }

    /// <summary>Ends the use of the body, whose bytes may belong to the server.</summary>
    public void Release()
    {
        _released = true;
        _body = default;
    }
}
