using System.Text.Json.Serialization;

namespace Quickstart;

/// <summary>What the messages are about.</summary>
internal sealed record Invoice(int Number, decimal Amount, string Currency);

/// <summary>The Standard Webhooks envelope, as the receiver reads it.</summary>
internal sealed record InvoiceEvent(string Type, DateTimeOffset Timestamp, Invoice Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(InvoiceEvent))]
internal sealed partial class InvoiceJson : JsonSerializerContext;
