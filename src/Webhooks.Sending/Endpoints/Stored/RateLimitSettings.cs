namespace Webhooks;

internal sealed class RateLimitSettings
{
    public int Attempts { get; set; }

    public TimeSpan Period { get; set; }
}
