using System.Text.Json.Serialization;

namespace Webhooks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Parcel))]
internal sealed partial class OrderJson : JsonSerializerContext;
