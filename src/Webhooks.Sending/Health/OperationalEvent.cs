namespace Webhooks;

/// <summary>The data of an operational webhook.</summary>
internal sealed record OperationalEvent
{
    public required string EndpointId { get; init; }

    public string? Tenant { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public required DateTimeOffset At { get; init; }
}
