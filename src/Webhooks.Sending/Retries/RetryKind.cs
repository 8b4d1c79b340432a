namespace Webhooks;

/// <summary>Which retry policy <see cref="RetryOptions"/> describes.</summary>
public enum RetryKind
{
    /// <summary>The Standard Webhooks schedule, see <see cref="RetryPolicy.StandardWebhooks"/>.</summary>
    StandardWebhooks = 0,

    /// <summary>One attempt, no retry.</summary>
    None,

    /// <summary>The same wait before every retry.</summary>
    Fixed,

    /// <summary>Waits that grow by a factor.</summary>
    Exponential,

    /// <summary>A list of waits.</summary>
    Schedule,
}
