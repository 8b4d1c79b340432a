namespace Webhooks;

/// <summary>Who asked for an attempt.</summary>
public enum AttemptTrigger
{
    /// <summary>The message's publication, or the retry policy.</summary>
    Schedule = 0,

    /// <summary>A person or program, by redelivering.</summary>
    Manual = 1,

    /// <summary>A replay to the endpoint.</summary>
    Replay = 2,
}
