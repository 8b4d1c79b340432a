namespace Webhooks;

/// <summary>Which jitter <see cref="RetryOptions"/> describes.</summary>
public enum RetryJitterKind
{
    /// <summary>The wait as it stands.</summary>
    None = 0,

    /// <summary>Anything from zero to the wait.</summary>
    Full,

    /// <summary>Anything from half the wait to the wait.</summary>
    Equal,

    /// <summary>The wait, shifted by up to <see cref="RetryOptions.JitterPercent"/> either way.</summary>
    Percent,
}
