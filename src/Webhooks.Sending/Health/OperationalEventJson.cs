using System.Text.Json.Serialization;

namespace Webhooks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperationalEvent))]
internal sealed partial class OperationalEventJson : JsonSerializerContext;
