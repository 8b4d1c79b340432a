using System.Text.Json.Serialization;

namespace Webhooks;

internal sealed record Invoice(string Id, Customer Customer);

internal sealed record Customer(string Name);

internal sealed record Folder(string Name, Folder[] Inner);

internal sealed record Refund(decimal Amount);

/// <summary>A payload that the JSON options don't know.</summary>
internal sealed record Unlisted(string Name);

[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(Folder))]
[JsonSerializable(typeof(Refund))]
internal sealed partial class PayloadJson : JsonSerializerContext;
