namespace Webhooks;

/// <summary>A built-in retry policy, and the limits put on it.</summary>
internal sealed record RetrySettings
{
    public const string Standard = "standard";
    public const string Schedule = "schedule";
    public const string Exponential = "exponential";

    public required string Kind { get; set; }

    public TimeSpan[]? Delays { get; set; }

    public TimeSpan BaseDelay { get; set; }

    public double Factor { get; set; }

    public TimeSpan MaxDelay { get; set; }

    public int Attempts { get; set; }

    public JitterSettings? Jitter { get; set; }

    public int? MaxAttempts { get; set; }

    public TimeSpan? MaxTotalTime { get; set; }
}
