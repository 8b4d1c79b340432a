using System.Text.Json.Serialization;

namespace Webhooks;

internal sealed record Invoice(int Id, string Status);

[JsonSerializable(typeof(Invoice))]
internal sealed partial class InvoiceJson : JsonSerializerContext;
