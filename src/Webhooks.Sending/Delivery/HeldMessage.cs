namespace Webhooks;

/// <summary>A message that one or more deliveries of a claim share, so that its payload counts once.</summary>
internal sealed class HeldMessage(MessageRecord record)
{
    private WebhookMessage? _message;

    public MessageRecord Record => record;

    /// <summary>How many deliveries that are held share it.</summary>
    public int Holders { get; set; }

    /// <summary>The message to send, made when first asked for; two threads that ask at once may each make
    /// one.</summary>
    /// <exception cref="InvalidOperationException">What is stored can't be read.</exception>
    public WebhookMessage ToMessage() => _message ??= MessageRecords.ToMessage(record);
}
