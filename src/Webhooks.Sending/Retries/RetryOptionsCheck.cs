namespace Webhooks;

/// <summary>Says all that is wrong with <see cref="RetryOptions"/>, so that no error hides behind another.</summary>
internal static class RetryOptionsCheck
{
    public static IEnumerable<string> Errors(RetryOptions retry, string path)
    {
        if (!Enum.IsDefined(retry.Kind))
            yield return $"{path}.Kind is unknown: use StandardWebhooks, None, Fixed, Exponential or Schedule.";
        if (retry.Jitter is { } jitter && !Enum.IsDefined(jitter))
            yield return $"{path}.Jitter is unknown: use None, Full, Equal or Percent.";
        if (retry.BaseDelay < TimeSpan.Zero)
            yield return $"{path}.BaseDelay is negative ({retry.BaseDelay}): use 00:00:00 or more.";
        if (!(retry.Factor is >= 1 and <= 1000))
            yield return $"{path}.Factor is {retry.Factor}: use 1 to 1000.";
        if (retry.Kind == RetryKind.Exponential && retry.MaxDelay < retry.BaseDelay)
            yield return $"{path}.MaxDelay ({retry.MaxDelay}) is less than BaseDelay ({retry.BaseDelay}): raise it.";
        if (retry.Delays.Any(delay => delay < TimeSpan.Zero))
            yield return $"{path}.Delays has a negative wait: use 00:00:00 or more.";
        if (retry.Kind == RetryKind.Schedule && retry.Delays.Count == 0)
            yield return $"{path}.Delays is empty: list the waits, or use Kind None for no retry.";
        if (retry.MaxAttempts < 1)
            yield return $"{path}.MaxAttempts is {retry.MaxAttempts}: use 1 or more; 1 means no retry.";
        if (retry.MaxTotalTime < TimeSpan.Zero)
            yield return $"{path}.MaxTotalTime is negative ({retry.MaxTotalTime}): use 00:00:00 or more.";
        if (!(retry.JitterPercent is >= 0 and <= 100))
            yield return $"{path}.JitterPercent is {retry.JitterPercent}: use 0 to 100.";
    }
}
