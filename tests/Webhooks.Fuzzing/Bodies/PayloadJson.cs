using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Webhooks.Fuzzing;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class PayloadJson : JsonSerializerContext;
