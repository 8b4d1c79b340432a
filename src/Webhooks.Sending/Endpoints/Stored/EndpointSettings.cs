using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>An endpoint as a store keeps it. Names and meanings stay as they are; additions raise no version unless
/// older nodes would send wrongly without understanding them.</summary>
internal sealed class EndpointSettings
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int Version { get; set; } = CurrentVersion;

    public string[]? Events { get; set; }

    public JsonElement? Filter { get; set; }

    public string? Description { get; set; }

    public TimeSpan? Timeout { get; set; }

    public RetrySettings? Retry { get; set; }

    public int? MaxConcurrency { get; set; }

    public RateLimitSettings? RateLimit { get; set; }

    /// <summary>What may hold secrets, as it stands.</summary>
    public ConfidentialSettings? Open { get; set; }

    /// <summary>What may hold secrets, protected: the JSON of a <see cref="ConfidentialSettings"/>.</summary>
    public byte[]? Sealed { get; set; }
}
