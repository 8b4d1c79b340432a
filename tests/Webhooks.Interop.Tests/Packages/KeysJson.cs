using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>How the scripts are told their keys.</summary>
[JsonSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Keys")]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>), TypeInfoPropertyName = "Pairs")]
internal sealed partial class KeysJson : JsonSerializerContext;
