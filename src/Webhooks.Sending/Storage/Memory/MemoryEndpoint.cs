namespace Webhooks;

/// <summary>An endpoint, and how it has been doing.</summary>
internal sealed class MemoryEndpoint(EndpointRecord record)
{
    public EndpointRecord Record { get; set; } = record;

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? LastSuccess { get; set; }
}
