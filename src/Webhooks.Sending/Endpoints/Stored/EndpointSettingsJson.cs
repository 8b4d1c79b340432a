using System.Text.Json.Serialization;

namespace Webhooks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(EndpointSettings))]
[JsonSerializable(typeof(SubscriptionSettings))]
[JsonSerializable(typeof(ConfidentialSettings))]
internal sealed partial class EndpointSettingsJson : JsonSerializerContext;
