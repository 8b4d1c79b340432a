using System.Text.Json;

namespace Webhooks;

/// <summary>The part of <see cref="EndpointSettings"/> that says which messages an endpoint gets.</summary>
internal sealed class SubscriptionSettings
{
    public string[]? Events { get; set; }

    public JsonElement? Filter { get; set; }
}
