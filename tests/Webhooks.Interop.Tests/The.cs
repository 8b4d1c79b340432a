using System.Text.Json.Serialization;

namespace Webhooks;

/// <summary>Fixed things that the tests share.</summary>
internal static class The
{
    public static readonly string Secret = SigningSecret.FromBytes([.. Enumerable.Range(1, 32).Select(value => (byte)value)]).Reveal();
    public static readonly string OtherSecret = SigningSecret.FromBytes([.. Enumerable.Range(101, 32).Select(value => (byte)value)]).Reveal();
    public static readonly EventType EventType = "invoice.paid";

    /// <summary>The time that the other programs have, too.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    // Letters beyond ASCII: the two sides must mean the same bytes, not just the same text.
    public static readonly Invoice Invoice = new(7, "Grüße, 日本 🎉");
}

internal sealed record Invoice(int Id, string Note);

[JsonSerializable(typeof(Invoice))]
internal sealed partial class InvoiceJson : JsonSerializerContext;
