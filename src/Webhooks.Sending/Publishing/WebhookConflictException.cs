namespace Webhooks;

/// <summary>What was to be written meets something else that is already there: an id that is taken, or a change that
/// somebody else made first.</summary>
public sealed class WebhookConflictException : InvalidOperationException
{
    /// <summary>Makes an exception.</summary>
    public WebhookConflictException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What conflicts, and what to do.</param>
    public WebhookConflictException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What conflicts, and what to do.</param>
    /// <param name="innerException">What brought it about.</param>
    public WebhookConflictException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
