namespace Webhooks;

/// <summary>A verified webhook with its payload, as its handlers are given it: while its request waits, or later from
/// the inbox.</summary>
/// <typeparam name="T">The payload.</typeparam>
public sealed class WebhookEvent<T> : WebhookEvent
{
    /// <summary>Makes an event, to test a handler with.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="payload">The payload.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is blank.</exception>
    public WebhookEvent(string source, T payload)
        : base(source)
    {
        Payload = payload;
    }

    internal WebhookEvent(ReceivedWebhook received, T payload)
        : base(received)
    {
        Payload = payload;
    }

    /// <summary>What the sender told.</summary>
    public T Payload { get; }
}
