using System.Text.Json.Serialization;

namespace Webhooks.Tests.Messages;

internal sealed record Invoice(int Id, string Customer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Invoice))]
internal sealed partial class InvoiceJson : JsonSerializerContext;
